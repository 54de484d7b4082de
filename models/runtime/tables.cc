#include "models/runtime/tables.h"

#include "models/runtime/all_models.h"
#include "models/runtime/broken_parts.h"
#include "models/runtime/mini_spawn.h"
#include "models/runtime/mini_steal.h"
#include "models/runtime/mini_stop.h"
#include "models/runtime/mini_wait.h"
#include "models/runtime/model_orders.h"

namespace wyn::runtime_models {

// With runtimes in small, as far as they can be explored for every row: with one task.
models::model_set with_mini_runtimes() {
  using env = env_checker;
  using orders = model_orders;
  models::model_set all = all_models<orders>();
  all["mini_spawn_one"] = model::check<mini_spawn<env, orders, searching_parts, 1>>;
  all["mini_steal_one"] = model::check<mini_steal<env, orders, searching_parts, 1>>;
  all["mini_stop"] = model::check<mini_stop<env, orders>>;
  all["mini_wait"] = model::check<mini_wait<env, orders>>;
  return all;
}

models::checked_table counts_table() {
  return {.title = "Runtime: counts, flags and lists",
          .name = "runtime_default_orders",
          .source = "core/runtime/runtime_orders.h",
          .structure = "core/runtime/task_count.h",
          .folder = "models/runtime",
          .matrix_test = "runtime_matrix_test",
          .models = with_mini_runtimes(),
          .variants = {{"mini_spawn_one", "mini_spawn"}, {"mini_steal_one", "mini_steal"}}};
}

models::checked_table join_table() {
  return {.title = "Runtime: joins",
          .name = "join_default_orders",
          .source = "core/runtime/runtime_orders.h",
          .structure = "core/runtime/join_state.h",
          .folder = "models/runtime",
          .matrix_test = "runtime_matrix_test",
          .models = all_models<model_orders>(),
          .variants = {{"join_or_run_throwing", "join_or_run"}}};
}

models::checked_table group_table() {
  return {.title = "Runtime: task groups",
          .name = "group_default_orders",
          .source = "core/runtime/runtime_orders.h",
          .structure = "core/runtime/group_count.h",
          .folder = "models/runtime",
          .matrix_test = "runtime_matrix_test",
          .models = all_models<model_orders>()};
}

models::checked_table theft_table() {
  return {.title = "Runtime: leapfrogging",
          .name = "theft_default_orders",
          .source = "core/runtime/runtime_orders.h",
          .structure = "core/runtime/thief_mark.h",
          .folder = "models/runtime",
          .matrix_test = "runtime_matrix_test",
          .models = all_models<model_orders>(),
          .variants = {{"leapfrog_biased", "leapfrog"},
                       {"leapfrog_fork", "leapfrog"},
                       {"leapfrog_group", "leapfrog"},
                       {"leapfrog_nested", "leapfrog"},
                       {"leapfrog_spawned", "leapfrog"},
                       {"leapfrog_two_thieves", "leapfrog"}}};
}

std::vector<models::checked_table> tables() {
  return {counts_table(), join_table(), group_table(), theft_table()};
}

}  // namespace wyn::runtime_models
