// How many slots the heaps of one pool may have between them.
//
// One counter, touched when a slab is added or given back and at no other time. The cap is exact: a
// slab that would pass it is added with fewer slots. It bounds the slots that heaps *have*, live or
// free: a free slot in one heap is no room for another heap, until it is trimmed.
#pragma once

#include <cstdint>

#include "core/base/env_default.h"
#include "core/base/named.h"

namespace wyn {

/// See the head of this file. It must outlive the heaps that draw on it. Any thread; lock-free.
template <class Env = env_default>
class slot_budget {
 public:
  static constexpr std::uint64_t unlimited = ~std::uint64_t{0};

  /// A budget of `max_slots` slots. Allocates nothing.
  explicit slot_budget(std::uint64_t max_slots = unlimited) noexcept : max_slots_(max_slots) {
    name_object<Env>(taken_, "taken");
  }
  slot_budget(const slot_budget&) = delete;
  slot_budget& operator=(const slot_budget&) = delete;

  std::uint64_t max_slots() const noexcept { return max_slots_; }

  /// Slots that the heaps have at some moment near the call: statistics.
  template <class LoadSite>
  std::uint64_t taken(LoadSite load) const noexcept {
    return taken_.load(load);
  }

  /// Takes up to `wanted` slots; the number taken, 0 when the cap is reached. For task_heap.
  template <class LoadSite, class CasSite>
  std::uint64_t take(std::uint64_t wanted, LoadSite load, CasSite cas) noexcept {
    std::uint64_t before = taken_.load(load);
    while (true) {
      const std::uint64_t left = max_slots_ - before;
      const std::uint64_t granted = wanted < left ? wanted : left;
      if (granted == 0) return 0;
      if (taken_.compare_exchange(before, before + granted, cas)) return granted;
    }
  }

  /// Gives `slots` back. For task_heap.
  template <class AddSite>
  void give_back(std::uint64_t slots, AddSite add) noexcept {
    taken_.fetch_add(0 - slots, add);
  }

 private:
  const std::uint64_t max_slots_;
  typename Env::template atomic<std::uint64_t> taken_{0};  // never above max_slots_
};

}  // namespace wyn
