#include "core/coro/frame_cache.h"

namespace wyn::detail {

constinit thread_local frame_cache frames_of_this_thread [[gnu::tls_model("initial-exec")]];

namespace {

// What other thread-local objects free after it is not kept.
struct closes_at_thread_end {
  ~closes_at_thread_end() { frames_of_this_thread.close(); }
};

void close_at_thread_end() {
  thread_local const closes_at_thread_end guard;
  static_cast<void>(&guard);
}

}  // namespace

// The first block that a thread frees opens its cache.
void frame_cache::free_slowly(void* frame, block_list& list) noexcept {
  list.room = 0;
  if (!keeps || use_ != use::not_yet) return ::operator delete(frame);
  close_at_thread_end();
  use_ = use::open;
  for (block_list& l : lists_) l.room = most_of_a_class;
  --list.room;
  keep(frame, list);
}

void frame_cache::close() noexcept {
  use_ = use::closed;
  for (block_list& list : lists_) {
    while (list.first != nullptr) {
      free_block_header* const b = list.first;
      list.first = b->next;
      ::operator delete(b);
    }
    list.room = 0;
  }
}

}  // namespace wyn::detail
