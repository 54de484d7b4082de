// Runtimes in small that the explorer visits in full and in seconds, by name: for the tests of the
// checker's tools. Over either deque (mini_runtime.h: shipped_parts, biased<>).
#pragma once

#include "models/checker/checker.h"
#include "models/env/env_checker.h"
#include "models/matrix/matrix.h"
#include "models/runtime/mini_main_spawns.h"
#include "models/runtime/mini_spawn.h"
#include "models/runtime/mini_steal.h"
#include "models/runtime/mini_stop.h"
#include "models/runtime/mini_two_spawners.h"
#include "models/runtime/mini_wait.h"
#include "models/runtime/model_orders.h"

namespace wyn::runtime_models {

template <class Parts>
models::model_set mini_models() {
  return {{"mini_spawn", model::check<mini_spawn<env_checker, model_orders, Parts>>},
          {"mini_steal", model::check<mini_steal<env_checker, model_orders, Parts>>},
          {"mini_stop", model::check<mini_stop<env_checker, model_orders, Parts>>},
          {"mini_two_spawners_asleep",
           model::check<mini_two_spawners_asleep<env_checker, model_orders, hurried<Parts>>>},
          {"mini_wait", model::check<mini_wait<env_checker, model_orders, Parts>>}};
}

/// Two workers and main, with a ring, over the Chase-Lev deque: some ten seconds.
inline models::model_set mini_with_main() {
  return {{"mini_main_spawns", model::check<mini_main_spawns<env_checker, model_orders>>}};
}

}  // namespace wyn::runtime_models
