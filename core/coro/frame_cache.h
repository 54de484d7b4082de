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
    const std::uint32_t c = class_of(bytes);
    if (c == 0) return ::operator new(bytes);
    block_list& list = list_of(c);
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
    class_of_last_ = class_of(bytes);
    return frame;
  }
  std::uint32_t class_of_last() const noexcept { return class_of_last_; }

  /// `frame` came from allocate(bytes), on any thread. Constant time.
  void free(void* frame, std::size_t bytes) noexcept {
    const std::uint32_t c = class_of(bytes);
    if (c == 0) return ::operator delete(frame);
    free_block(frame, c);
  }
  /// The same for who knows the class only, which is not 0.
  void free_block(void* frame, std::uint32_t block_class) noexcept {
    block_list& list = list_of(block_class);
    if (!keeps || --list.room < 0) [[unlikely]] return free_slowly(frame, list);
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
  // Of 24, 40, 56, ... bytes: what malloc puts into multiples of 16 with its own word. From 264
  // bytes in steps of 64, up to 1032; beyond are frames that are rare.
  static constexpr std::size_t least = 24;
  static constexpr std::size_t fine = 16, coarse = 64;
  static constexpr std::uint32_t fine_lists = 16, coarse_lists = 12;
  static constexpr std::size_t fine_most = least + (fine_lists - 1) * fine;
  static constexpr std::int32_t most_of_a_class = 1024;

  struct free_block_header {
    free_block_header* next;
  };
  struct block_list {
    free_block_header* first = nullptr;
    std::int32_t room = 0;  // blocks that may be added; none before the cache is opened
  };
  enum class use : unsigned char { not_yet, open, closed };

  // A class is the distance of its list from the first, in bytes; 0 is none. So a list is found
  // without arithmetic.
  static constexpr std::uint32_t class_of(std::size_t bytes) {
    return list_for(bytes) * static_cast<std::uint32_t>(sizeof(block_list));
  }
  static constexpr std::uint32_t list_for(std::size_t bytes) {
    if (bytes <= least) return 1;
    if (bytes <= fine_most) return 1 + steps(bytes - least, fine);
    const std::uint32_t beyond = steps(bytes - fine_most, coarse);
    return beyond <= coarse_lists ? fine_lists + beyond : 0;
  }
  static constexpr std::uint32_t steps(std::size_t bytes, std::size_t step) {
    return static_cast<std::uint32_t>((bytes + step - 1) / step);
  }
  static constexpr std::size_t bytes_of(std::uint32_t block_class) {
    const std::size_t list = block_class / sizeof(block_list);
    if (list <= fine_lists) return least + (list - 1) * fine;
    return fine_most + (list - fine_lists) * coarse;
  }
  block_list& list_of(std::uint32_t block_class) noexcept {
    return *reinterpret_cast<block_list*>(reinterpret_cast<unsigned char*>(lists_) + block_class);
  }
  static void keep(void* frame, block_list& list) noexcept {
    list.first = ::new (frame) free_block_header{list.first};
  }
  void free_slowly(void* frame, block_list& list) noexcept;

  block_list lists_[1 + fine_lists + coarse_lists];  // the first is not used
  std::uint32_t class_of_last_ = 0;
  use use_ = use::not_yet;
};

/// The calling thread's. Constant-initialised and without a destructor: usable from the first to
/// the last moment of a thread.
extern constinit thread_local frame_cache frames_of_this_thread [[gnu::tls_model("initial-exec")]];

}  // namespace wyn::detail
