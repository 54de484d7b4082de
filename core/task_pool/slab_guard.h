// What a slab of a guarded heap knows about its slots: which are live. Without a guard: nothing.
//
// One bit a slot, 64 to an atomic word; a slot is freed by any thread, so neighbours change
// concurrently. A bit is flipped by adding or subtracting it: the value before tells whether it was
// set, and when it was in the wrong state the process ends, so no carry survives.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/assert.h"

namespace wyn::detail {

/// The guard of a layout without one. Costs no byte and no instruction.
template <class Env, std::size_t Slots, bool Guarded>
class slab_guard {
 public:
  explicit slab_guard(const void*) noexcept {}
  void set_live(std::size_t, auto) noexcept {}
  void clear_live(std::size_t, auto) noexcept {}
  void check_address(const void*, auto) const noexcept {}
  void retire(auto) noexcept {}
};

template <class Env, std::size_t Slots>
class slab_guard<Env, Slots, true> {
 public:
  /// The owner hands slot number `slot` out.
  template <class Site>
  void set_live(std::size_t slot, Site site) noexcept {
    const std::uint64_t before = word_of(slot).fetch_add(bit_of(slot), site);
    WYN_CHECK((before & bit_of(slot)) == 0, "task_heap: a live slot is about to be handed out");
  }

  /// Some thread frees slot number `slot`.
  template <class Site>
  void clear_live(std::size_t slot, Site site) noexcept {
    const std::uint64_t before = word_of(slot).fetch_add(0 - bit_of(slot), site);
    WYN_CHECK((before & bit_of(slot)) != 0, "task_heap: a slot is freed twice");
  }

  /// Whether this is the guard of a slab at `slab` at all. Memory that never was one holds the mark
  /// with probability 2^-64; an address whose page does not exist faults here.
  template <class Site>
  void check_address(const void* slab, Site site) const noexcept {
    WYN_CHECK(mark_.load(site) == mark_of(slab),
              "task_heap: a pointer that is no slot of a task_heap is freed");
  }

  explicit slab_guard(const void* slab) noexcept : mark_(mark_of(slab)) {}
  /// The slab is about to go: a slot of it that is freed later is no slot any more.
  template <class Site>
  void retire(Site site) noexcept {
    mark_.store(0, site);
  }

 private:
  using word = typename Env::template atomic<std::uint64_t>;

  static std::uint64_t mark_of(const void* slab) noexcept {
    return reinterpret_cast<std::uintptr_t>(slab) ^ 0x57794e2d736c6162u;
  }
  static std::uint64_t bit_of(std::size_t slot) noexcept { return std::uint64_t{1} << (slot % 64); }
  word& word_of(std::size_t slot) noexcept { return live_[slot / 64]; }

  word mark_;  // atomic for the sake of retire(): no compiler drops a store that a stray free sees
  word live_[(Slots + 63) / 64];
};

}  // namespace wyn::detail
