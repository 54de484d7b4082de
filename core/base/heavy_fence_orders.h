// The ordering table of heavy_fence_group.h: one row per atomic access and fence. Columns as in
// core/park/event_count_orders.h; the models are those of models/fence.
#pragma once

#include "core/base/site.h"

namespace wyn {

struct heavy_fence_orders {
  /// A heavy fence is an acquire fence, too: what a served caller has read before, relaxed,
  /// happens before what comes after. Killed by: carried_over.
  static constexpr site<"HF1 group.fence_before", order::acquire> group_fence_before{};
  /// A guess, which HF3 confirms.
  static constexpr site<"HF2 ask.load", order::relaxed> group_ask_load{};
  /// Pairs with HF6 by way of HF5, and with HF4. Why: all that the asker did happens before the
  /// call that serves it.
  /// Killed by: two_askers, three_askers, stopped_caller.
  static constexpr site<"HF3 ask.cas", order::release> group_ask{};
  /// Pairs with HF6 by way of HF7. Why: the call happens before all that the served thread does
  /// later. Killed by: two_askers, three_askers, stopped_caller.
  static constexpr site<"HF4 look.load", order::acquire> group_look{};
  /// Ordered by HF6, which is an acquire fence, too. Who loses looks again.
  static constexpr site<"HF5 begin.cas", order::relaxed> group_begin{};
  /// Pairs with the light fences of all threads. Why: it is the fence that was asked for.
  /// Killed by: one_asker, two_askers, three_askers, stopped_caller.
  static constexpr site<"HF6 call.fence", order::heavy> group_call{};
  /// Ordered by HF6, which is a release fence, too.
  static constexpr site<"HF7 end.cas", order::relaxed> group_end{};
  /// A heavy fence is a release fence, too: as HF1, for what a served caller writes later, relaxed.
  /// Killed by: carried_over.
  static constexpr site<"HF8 group.fence_after", order::release> group_fence_after{};
};

}  // namespace wyn
