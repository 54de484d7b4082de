// The ordering table of the task pool with one order weakened, for the engine that cannot override
// an order at run time (Relacy). The mutation matrix does the same in the explorer.
#pragma once

#include "core/task_pool/task_heap_orders.h"

namespace wyn::task_pool_models {

/// A return does not publish the slot's last use.
struct return_without_release : task_heap_default_orders {
  static constexpr site<"TP2 return.cas_head", order::relaxed> return_cas_head{};
};

/// The owner does not learn of the uses that the returns published.
struct collect_without_acquire : task_heap_default_orders {
  static constexpr site<"TP3 collect.exchange_head", order::relaxed> collect_exchange_head{};
};

}  // namespace wyn::task_pool_models
