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
  /// Nobody else has begun: the one member that is left is begun by this thread, later, and carries
  /// what this one did.
  static constexpr site<"CO3 pass_on.store", order::relaxed> pass_on_store{};
  /// The member that is begun next arrives after this, and carries it. As a read-modify-write it
  /// continues the release sequences of those that arrived before.
  static constexpr site<"CO4 pass_on.fetch_add", order::relaxed> pass_on_fetch_add{};
};

}  // namespace wyn
