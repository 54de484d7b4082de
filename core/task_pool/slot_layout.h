// The sizes of the task pool, and whether its heaps watch for misuse.
//
// The answer to "guarded?" is part of the type: code built with assertions and code built without
// them cannot disagree about one heap, the linker sees two different ones.
#pragma once

#include <cstddef>

namespace wyn {

/// Release builds. A slot holds a task's closure, a coroutine frame or a result; a slab is what the
/// pool gets from the system at a time: its address is a multiple of its size, a power of two.
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

#ifdef NDEBUG
using slot_layout = plain_slot_layout;
#else
using slot_layout = guarded_slot_layout;
#endif

namespace detail {
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
