// The sizes of the task pool, and whether its heaps watch for misuse.
//
// Slots come in two sizes, and a heap has slots of one size. The steps that threads take are the
// same for all sizes: a size decides where slots lie in a slab, which is arithmetic of whoever
// holds the slab or the slot, and of no step that another thread sees.
//
// The answer to "guarded?" is part of the type: code built with assertions and code built without
// them cannot disagree about one heap, the linker sees two different ones.
#pragma once

#include <cstddef>

namespace wyn {

/// Release builds. A slot holds a task's closure or a result; a slab is what the pool gets from the
/// system at a time: its address is a multiple of its size, a power of two.
struct plain_slot_layout {
  static constexpr std::size_t slot_bytes = 128;
  static constexpr std::size_t slab_bytes = 65536;
  static constexpr bool guarded = false;
};

/// Debug builds: the same sizes, and each slab knows which of its slots are live. A slot freed
/// twice, a pointer that is no slot, and a live slot about to be handed out abort with a message.
struct guarded_slot_layout : plain_slot_layout {
  static constexpr bool guarded = true;
};

/// For closures of a few words: two share a cache line, and four take the room of one slot above.
struct plain_small_slot_layout {
  static constexpr std::size_t slot_bytes = 32;
  static constexpr std::size_t slab_bytes = 65536;
  static constexpr bool guarded = false;
};
struct guarded_small_slot_layout : plain_small_slot_layout {
  static constexpr bool guarded = true;
};

#ifdef NDEBUG
using slot_layout = plain_slot_layout;
using small_slot_layout = plain_small_slot_layout;
#else
using slot_layout = guarded_slot_layout;
using small_slot_layout = guarded_small_slot_layout;
#endif

namespace detail {
/// What the address of a slot is a multiple of: the largest power of two in its size, 64 at most.
template <class Layout>
constexpr std::size_t alignment_of_slots() noexcept {
  constexpr std::size_t power = Layout::slot_bytes & (0 - Layout::slot_bytes);
  return power < 64 ? power : 64;
}

/// A layout that says nothing is not guarded.
template <class Layout>
constexpr bool layout_is_guarded() noexcept {
  if constexpr (requires { Layout::guarded; })
    return Layout::guarded;
  else
    return false;
}
}  // namespace detail

}  // namespace wyn
