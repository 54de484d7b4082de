// The ordering table of the search gate: one row per atomic access of search_gate.h.
//
// The gate publishes nothing; what it decides is decided by the modification order of its one word.
// Where an order with another word matters, the event count's rows give it (EC8 with EC2, EC7 with
// EC3, EC4 and EC10), or its two fences do. work_signal.h argues it. SG10 is more than relaxed:
// whoever leaves last sees what those had seen who left before. The columns of the comments are
// those of event_count_orders.h.
#pragma once

#include "core/base/site.h"

namespace wyn {

struct search_gate_orders {
  /// Ordered by EC5.
  static constexpr site<"SG1 look.load", order::relaxed> gate_look{};
  static constexpr site<"SG2 claim.load", order::relaxed> gate_claim_load{};
  static constexpr site<"SG3 claim.cas", order::relaxed> gate_claim_cas{};
  static constexpr site<"SG4 unclaim.load", order::relaxed> gate_unclaim_load{};
  static constexpr site<"SG5 unclaim.cas", order::relaxed> gate_unclaim_cas{};
  /// Ordered by EC3, EC4 and EC10, which read from EC7.
  static constexpr site<"SG6 wake.load", order::relaxed> gate_wake_load{};
  static constexpr site<"SG7 wake.cas", order::relaxed> gate_wake_cas{};
  static constexpr site<"SG8 enter.load", order::relaxed> gate_enter_load{};
  static constexpr site<"SG9 enter.fetch_add", order::relaxed> gate_enter{};
  /// Pairs with itself in other threads. Why: a notifier relies on the one that it has woken; if
  /// that one is not the last to end its search, the last must see the notifier's work when it
  /// looks for more. Killed by: handed_on.
  static constexpr site<"SG10 leave.fetch_add", order::acq_rel> gate_leave{};
  static constexpr site<"SG11 ask.load", order::relaxed> gate_ask_load{};
  static constexpr site<"SG12 ask.cas", order::relaxed> gate_ask_cas{};
  static constexpr site<"SG13 request.load", order::relaxed> gate_request_load{};
  static constexpr site<"SG14 request.cas", order::relaxed> gate_request_cas{};
  /// Acquire pairs with SG10. Why: what this thread takes from here on, it takes as a searcher. SG7
  /// decides a branch, and a processor writes nothing behind that before it; this decides none.
  /// Load buffering: acquire.
  static constexpr site<"SG15 wake.fetch_add", order::acquire> gate_wake_add{};
};

}  // namespace wyn
