// The ordering table of join_counter.h. Columns as in core/runtime/runtime_orders.h.
#pragma once

#include "core/base/site.h"

namespace wyn {

struct coro_default_orders {
  /// Pairs with CO2 of the other members. Why: who finds that it is the last goes on with
  /// what the others have made.
  /// Killed by: two_members, three_members.
  static constexpr site<"CO1 last.load", order::acquire> last_load{};
  /// Pairs with CO1 and with itself, for the same reason.
  /// Killed by: two_members, three_members.
  static constexpr site<"CO2 arrive.fetch_add", order::acq_rel> arrive_fetch_add{};
};

}  // namespace wyn
