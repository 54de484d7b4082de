// Memory for coroutine frames: a cache of free blocks for each thread, by size.
//
// A frame is often freed by another thread than the one that made it: it goes to the cache of the
// thread that frees it, so that no list is shared and no atomic operation is needed. A cache keeps
// a bounded number of blocks of each size; what is beyond goes back to operator delete, so threads
// that only ever free do not hoard. At the end of a thread its blocks are freed.
//
// Inline, since the compiler knows the size of a frame: of a size class there is one address then.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>

namespace wyn::detail {

class frame_cache {
 public:
  /// At least `bytes`, aligned for every ordinary type. Constant time; calls operator new when
  /// there is no block of that size, or when `bytes` is large. Throws std::bad_alloc.
  void* allocate(std::size_t bytes) {
    const std::size_t c = class_of(bytes);
    if (c >= classes) return ::operator new(bytes);
    block_list& list = lists_[c];
    free_block* const b = list.first;
    if (b == nullptr) [[unlikely]] return ::operator new((c + 1) * granule);
    list.first = b->next;
    ++list.room;
    return b;
  }

  /// `frame` came from allocate(bytes), on any thread. Constant time.
  void free(void* frame, std::size_t bytes) noexcept {
    const std::size_t c = class_of(bytes);
    if (c >= classes) return ::operator delete(frame);
    block_list& list = lists_[c];
    if (list.room == 0) [[unlikely]] return free_slowly(frame, list);
    keep(frame, list);
  }

  /// Frees all blocks, and keeps none from now on.
  void close() noexcept;

 private:
  static constexpr std::size_t granule = 64;
  static constexpr std::size_t classes = 16;  // up to 1 KiB; larger frames are rare
  static constexpr std::uint32_t most_of_a_class = 1024;

  struct free_block {
    free_block* next;
  };
  struct block_list {
    free_block* first = nullptr;
    std::uint32_t room = 0;  // blocks that may be added; none before the cache is opened
  };
  enum class use : unsigned char { not_yet, open, closed };

  static constexpr std::size_t class_of(std::size_t bytes) {
    return (bytes + granule - 1) / granule - 1;
  }
  static void keep(void* frame, block_list& list) noexcept {
    list.first = ::new (frame) free_block{list.first};
    --list.room;
  }
  void free_slowly(void* frame, block_list& list) noexcept;

  block_list lists_[classes];
  use use_ = use::not_yet;
};

/// The calling thread's. Constant-initialised and without a destructor: usable from the first to
/// the last moment of a thread.
extern constinit thread_local frame_cache frames_of_this_thread [[gnu::tls_model("initial-exec")]];

/// Base of a promise: the frame comes from the cache.
struct cached_frame {
  static void* operator new(std::size_t bytes) { return frames_of_this_thread.allocate(bytes); }
  static void operator delete(void* frame, std::size_t bytes) noexcept {
    frames_of_this_thread.free(frame, bytes);
  }
};

}  // namespace wyn::detail
