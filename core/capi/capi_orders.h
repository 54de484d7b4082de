// The ordering table of the C interface's one word.
#pragma once

#include "core/base/site.h"

namespace wyn::capi {

struct capi_orders {
  /// The number of the default runtime, for a comparison with the number in the thread's own binding. A
  /// thread that finds them equal bound itself to that runtime, so it has seen its construction; a stale
  /// number fails the comparison, or leads to a runtime that refuses, and then the slow way is taken.
  static constexpr site<"CA1 fast.load_id", order::relaxed> fast_load_id{};
  static constexpr site<"CA2 fast.store_id", order::relaxed> fast_store_id{};
};

}  // namespace wyn::capi
