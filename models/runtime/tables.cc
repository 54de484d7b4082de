#include "models/runtime/tables.h"

#include "models/runtime/all_models.h"
#include "models/runtime/model_orders.h"

namespace wyn::runtime_models {

models::checked_table counts_table() {
  return {.title = "Runtime: counts, flags and lists",
          .name = "runtime_default_orders",
          .source = "core/runtime/runtime_orders.h",
          .structure = "core/runtime/task_count.h",
          .folder = "models/runtime",
          .matrix_test = "runtime_matrix_test",
          .models = all_models<model_orders>()};
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

std::vector<models::checked_table> tables() {
  return {counts_table(), join_table(), group_table()};
}

}  // namespace wyn::runtime_models
