// The ordering tables of the event count: one row per atomic access of event_count.h.
//
// Columns of the comments: "Pairs with" names the access on the other side, "Why" what would go
// wrong, "Killed by" the models in models/park that fail when the row is weakened by one step.
// "Load buffering" names a part of the order that no model needs: RC11 forbids what it prevents,
// ARM and POWER do not. A row with neither is relaxed already. models/park/park_matrix_test.cc
// reads these comments and checks that they are true.
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
  /// Acquires by EC2, a fence, which pairs with EC8. Release pairs with EC2 of a later waiter. Why:
  /// what this thread has read, of the conditions and of the search gate, stays before its
  /// announcement, and who is announced later has seen as much. Load buffering: release.
  static constexpr site<"EC1 prepare.fetch_add", order::release> prepare_add_waiter{};
  /// Pairs with EC5 and EC8. Why: the waiter's announcement and its re-read of the conditions may
  /// not pass the producer's publication and its look at the waiters.
  /// Killed by: one_sleeper, two_sleepers, everybody_wakes, token, search_handover.
  static constexpr site<"EC2 prepare.fence", order::heavy> prepare_fence{};
  /// Acquire pairs with EC7. Why: the one who is woken finds the token that the notifier has left
  /// for it in the search gate; missed, it stays there and silences all later wake-ups. Killed by:
  /// token. Release as in EC4. Load buffering: release.
  static constexpr site<"EC3 commit.fetch_add", order::acq_rel> commit_remove_waiter{};
  /// Acquire as in EC3: a waiter that the notifier has counted may leave by cancelling. Release
  /// pairs with EC2 of a later waiter. Why: a condition that this waiter has found is found by
  /// those that are announced after it has left. RC11 loses no wake-up without that (proofs/park).
  /// Killed by: token. Load buffering: release.
  static constexpr site<"EC4 cancel.fetch_add", order::acq_rel> cancel_remove_waiter{};

  /// Pairs with EC2.
  /// Killed by: one_sleeper, two_sleepers, everybody_wakes, token, search_handover.
  static constexpr site<"EC5 notify.fence", order::light> notify_fence{};
  /// Ordered by EC5.
  static constexpr site<"EC6 notify.load_waiters", order::relaxed> notify_load_waiters{};
  /// Pairs with EC3, EC4 and EC10. Killed by: token, nap_token.
  static constexpr site<"EC7 notify.fetch_add", order::release> notify_add_epoch{};
  /// Pairs with EC2 by way of EC1. Why: a waiter that this does not count has yet to re-read its
  /// conditions, and knows by then that the searching unit was given up. As a load, it could be
  /// satisfied before that. Killed by: late_sleeper.
  static constexpr site<"EC8 settle.fetch_add", order::release> settle_read_waiters{};

  /// A nap is announced without a fence: nothing relies on what its re-check sees. Acquires, as EC1
  /// does by its fence. Load buffering: acquire.
  static constexpr site<"EC9 nap.fetch_add", order::acquire> nap_add_waiter{};
  /// As EC3 and EC4, for a nap that ends or was not begun. Killed by: nap_token. Load buffering:
  /// release.
  static constexpr site<"EC10 nap_over.fetch_add", order::acq_rel> nap_remove_waiter{};
};

/// Ordinary fences on both sides: for platforms without membarrier, for engines that know nothing
/// of asymmetric fences, and to measure what asymmetry buys.
struct event_count_symmetric_orders : event_count_asymmetric_orders {
  /// Pairs with EC5s and EC8.
  /// Killed by: one_sleeper, two_sleepers, everybody_wakes, token, search_handover.
  static constexpr site<"EC2s prepare.fence", order::seq_cst> prepare_fence{};
  /// Pairs with EC2s.
  /// Killed by: one_sleeper, two_sleepers, everybody_wakes, token, search_handover.
  static constexpr site<"EC5s notify.fence", order::seq_cst> notify_fence{};
};

/// The table of an ordinary build.
using event_count_default_orders = event_count_asymmetric_orders;

}  // namespace wyn
