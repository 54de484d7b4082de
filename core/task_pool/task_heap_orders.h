// The ordering table of the task pool: one row per atomic access of task_heap.h and what it uses.
//
// Columns of the comments: "pairs with" names the access on the other side, "why" what would go
// wrong, "killed by" the model in models/task_pool that fails when the row is weakened by one step.
// A row without "killed by" is already relaxed. There is no fence, so ThreadSanitizer runs this
// table too.
#pragma once

#include "core/base/site.h"

namespace wyn {

struct task_heap_default_orders {
  /// The value becomes the link of the slot being returned; nobody follows it before TP3.
  static constexpr site<"TP1 return.load_head", order::relaxed> return_load_head{};
  /// Pairs with TP3. Why: the link, and everything the last user did with the slot, come before its
  /// next use. Acquire is not needed: the pusher does not look behind the head it read, and the
  /// read-modify-writes of several pushers form one release sequence, so the owner that reads the
  /// last of them synchronises with all. Killed by: remote_return.
  static constexpr site<"TP2 return.cas_head", order::release, order::relaxed> return_cas_head{};
  /// Pairs with TP2. Release is not needed: null publishes nothing. Killed by: remote_return.
  static constexpr site<"TP3 collect.exchange_head", order::acquire> collect_exchange_head{};

  /// A number and nothing else: the slots that were given back travel through the system's
  /// allocator. The compare-exchange alone keeps the sum under the cap.
  static constexpr site<"TP4 budget.load", order::relaxed> budget_load{};
  static constexpr site<"TP5 budget.cas_take", order::relaxed> budget_cas_take{};
  static constexpr site<"TP6 budget.fetch_add_back", order::relaxed> budget_add_back{};

  /// Guarded layouts only. The bit of a slot changes hands with the slot, so each change sees the
  /// one before by coherence; an order here would hide missing orders elsewhere from TSan.
  static constexpr site<"TP7 guard.fetch_add_live", order::relaxed> guard_set_live{};
  static constexpr site<"TP8 guard.fetch_add_dead", order::relaxed> guard_clear_live{};
  /// Written before the first slot is handed out and after the last one is back: a rightful free
  /// reads it between, one that is not may read anything.
  static constexpr site<"TP9 guard.load_mark", order::relaxed> guard_load_mark{};
  static constexpr site<"TP10 guard.store_mark", order::relaxed> guard_store_mark{};
};

}  // namespace wyn
