// A task counts as done when it is taken from its queue, not when it has run.
//
// wait_for_queued_only: wyn_spawn_wait() of wynlang/wyn at commit eb79d9a polled the number of
//   queued tasks, and returned with none of ten executed. Repaired: the count changes after the
//   effects of the task, and publishes them.
#pragma once

#include "models/runtime/model_orders.h"
#include "models/runtime/broken_counting.h"
#include "models/runtime/idle_tree.h"

namespace wyn::historical {

template <class Env>
struct wait_for_queued_only {
  using bug = runtime_models::idle_tree<Env, runtime_models::model_orders,
                                        runtime_models::completes_before_effects>;
  using repaired = runtime_models::idle_tree<Env, runtime_models::model_orders>;
};

}  // namespace wyn::historical
