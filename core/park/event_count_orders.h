// The ordering tables of the event count: one row per atomic access of event_count.h.
//
// Columns of the comments: "pairs with" names the access on the other side, "why" what would go
// wrong, "killed by" the model in models/park that fails when the row is weakened by one step. A row
// without "killed by" is already relaxed.
#pragma once

#include "core/base/site.h"

namespace wyn {

/// The producer's fence is the light half, the sleeper's the heavy one: a spawn pays nothing, a
/// thread that goes to sleep pays a system call before the one that puts it to sleep.
///
/// Also what runs under ThreadSanitizer: no data is published through the two fences (the work is
/// published by the release store of its queue), so that a tool which does not see them has nothing
/// to report, and env_tsan emits both.
struct event_count_asymmetric_orders {
  /// Pairs with EC8. Why: whoever looked for waiters by EC8 and found none has already given up its
  /// searching unit when this waiter re-reads its conditions. Killed by: search_handover.
  static constexpr site<"EC1 prepare.add_waiter", order::acquire> prepare_add_waiter{};
  /// Pairs with EC5. Why: the waiter's announcement and its re-read of the conditions may not pass
  /// the producer's publication and its look at the waiters. Killed by: one_sleeper.
  static constexpr site<"EC2 prepare.fence", order::heavy> prepare_fence{};
  /// Pairs with EC7. Why: the one who is woken finds the token that the notifier left for it in the
  /// search gate; missed, it stays there and silences all later wake-ups. Killed by: token.
  static constexpr site<"EC3 commit.remove_waiter", order::acquire> commit_remove_waiter{};
  /// As EC3: a waiter that was counted by the notifier may leave by cancelling. Killed by: token.
  static constexpr site<"EC4 cancel.remove_waiter", order::acquire> cancel_remove_waiter{};

  /// Pairs with EC2. Killed by: one_sleeper.
  static constexpr site<"EC5 notify.fence", order::light> notify_fence{};
  /// Ordered by EC5.
  static constexpr site<"EC6 notify.load_waiters", order::relaxed> notify_load_waiters{};
  /// Pairs with EC3 and EC4. Killed by: token.
  static constexpr site<"EC7 notify.add_epoch", order::release> notify_add_epoch{};
  /// Pairs with EC1. Why it is a read-modify-write at all: a load after the giving up of the
  /// searching unit could be satisfied before it. Killed by: search_handover.
  static constexpr site<"EC8 settle.read_waiters", order::release> settle_read_waiters{};
};

/// Ordinary fences on both sides: for platforms without membarrier, for engines that know nothing of
/// asymmetric fences, and to measure what asymmetry buys.
struct event_count_symmetric_orders : event_count_asymmetric_orders {
  /// Pairs with EC5s. Killed by: one_sleeper.
  static constexpr site<"EC2s prepare.fence", order::seq_cst> prepare_fence{};
  /// Pairs with EC2s. Killed by: one_sleeper.
  static constexpr site<"EC5s notify.fence", order::seq_cst> notify_fence{};
};

/// The table of an ordinary build.
using event_count_default_orders = event_count_asymmetric_orders;

}  // namespace wyn
