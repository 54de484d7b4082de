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

/// Of every frame, whatever is in it.
inline constexpr std::size_t frame_alignment = 16;
static_assert(__STDCPP_DEFAULT_NEW_ALIGNMENT__ >= frame_alignment);

class frame_cache {
 public:
  /// At least `bytes`, aligned for every ordinary type. Constant time; calls operator new when
  /// there is no block of that size, or when `bytes` is large. Throws std::bad_alloc.
  void* allocate(std::size_t bytes) {
    const unsigned c = class_of(bytes);
    if (c == 0) return ::operator new(bytes);
    block_list& list = lists_[c];
    free_block_header* const b = list.first;
    if (b == nullptr) [[unlikely]] return ::operator new(bytes_of(c));
    list.first = b->next;
    ++list.room;
    return b;
  }
  /// The same for a coroutine whose promise asks for class_of_last(), before anything else is
  /// allocated.
  void* allocate_and_note(std::size_t bytes) {
    void* const frame = allocate(bytes);
    class_of_last_ = static_cast<std::uint16_t>(class_of(bytes));
    return frame;
  }
  std::uint16_t class_of_last() const noexcept { return class_of_last_; }

  /// `frame` came from allocate(bytes), on any thread. Constant time.
  void free(void* frame, std::size_t bytes) noexcept {
    const unsigned c = class_of(bytes);
    if (c == 0) return ::operator delete(frame);
    free_block(frame, c);
  }
  /// The same for who knows the class only, which is not 0.
  void free_block(void* frame, unsigned block_class) noexcept {
    block_list& list = lists_[block_class];
    if (!keeps || list.room == 0) [[unlikely]] return free_slowly(frame, list);
    keep(frame, list);
  }

  /// Frees all blocks, and keeps none from now on.
  void close() noexcept;

 private:
  // AddressSanitizer sees what is used after it has been freed, unless it is kept.
#if defined(__SANITIZE_ADDRESS__)
  static constexpr bool keeps = false;
#else
  static constexpr bool keeps = true;
#endif
  // Classes 1, 2, ... of 24, 40, 56, ... bytes: what malloc puts into multiples of 16 with its own
  // word. From 264 bytes in steps of 64, up to 1032; 0 are frames beyond, which are rare.
  static constexpr std::size_t least = 24;
  static constexpr std::size_t fine = 16, coarse = 64;
  static constexpr unsigned fine_classes = 16, coarse_classes = 12;
  static constexpr std::size_t fine_most = least + (fine_classes - 1) * fine;
  static constexpr std::uint32_t most_of_a_class = 1024;

  struct free_block_header {
    free_block_header* next;
  };
  struct block_list {
    free_block_header* first = nullptr;
    std::uint32_t room = 0;  // blocks that may be added; none before the cache is opened
  };
  enum class use : unsigned char { not_yet, open, closed };

  static constexpr unsigned class_of(std::size_t bytes) {
    if (bytes <= least) return 1;
    if (bytes <= fine_most) return 1 + static_cast<unsigned>((bytes - least + fine - 1) / fine);
    const std::size_t steps = (bytes - fine_most + coarse - 1) / coarse;
    return steps <= coarse_classes ? fine_classes + static_cast<unsigned>(steps) : 0;
  }
  static constexpr std::size_t bytes_of(unsigned c) {
    return c <= fine_classes ? least + (c - 1) * fine : fine_most + (c - fine_classes) * coarse;
  }
  static void keep(void* frame, block_list& list) noexcept {
    list.first = ::new (frame) free_block_header{list.first};
    --list.room;
  }
  void free_slowly(void* frame, block_list& list) noexcept;

  block_list lists_[1 + fine_classes + coarse_classes];  // the first is not used
  std::uint16_t class_of_last_ = 0;
  use use_ = use::not_yet;
};

/// The calling thread's. Constant-initialised and without a destructor: usable from the first to
/// the last moment of a thread.
extern constinit thread_local frame_cache frames_of_this_thread [[gnu::tls_model("initial-exec")]];

}  // namespace wyn::detail
