// The task pool as a runtime has it: slots of two sizes, and what options::max_slots counts.
//
// A participant has a heap of large slots, for results and for closures of any size, and a heap of
// small ones, for closures of up to small_task_heap::slot_bytes: ten thousand of those stay in the
// cache, where large slots would not.
//
// Under a cap there are large slots only. So the cap is a number of tasks, whatever their sizes and
// in whatever order they come.
// Rejected:  one cap for slots of both sizes, since a free slot of one size is no room for a task
//            of the other: a spawn would be refused because of what other tasks have been; a cap of
//            bytes, which is no bound of the number of tasks.
#pragma once

#include <cstdint>

#include "core/task_pool/slot_budget.h"
#include "core/task_pool/task_heap.h"

namespace wyn {

/// The budgets of all heaps of a runtime.
struct slot_budgets {
  explicit slot_budgets(std::uint64_t max_slots) noexcept
      : large(max_slots), small(max_slots == slot_budget<>::unlimited ? max_slots : 0) {}
  slot_budget<> large;
  slot_budget<> small;
};

/// The heaps of one participant. Its owner only.
struct task_heaps {
  explicit task_heaps(slot_budgets& budgets) noexcept
      : large(budgets.large),
        small(budgets.small),
        has_small_slots(budgets.small.max_slots() != 0) {}

  /// Takes memory for `slots` slots of each size from the system, as far as it can be had.
  void reserve(std::uint64_t slots) noexcept {
    large.reserve(slots);
    small.reserve(slots);
  }
  /// Gives slabs without a live slot back.
  void trim() noexcept {
    large.trim();
    small.trim();
  }

  task_heap<> large;
  small_task_heap small;
  const bool has_small_slots;
};

}  // namespace wyn
