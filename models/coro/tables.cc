#include "models/coro/tables.h"

#include "core/coro/coro_orders.h"
#include "models/coro/all_models.h"

namespace wyn::coro_models {

models::checked_table join_counter_table() {
  return {.title = "Coroutines: the join counter",
          .name = "coro_default_orders",
          .source = "core/coro/coro_orders.h",
          .structure = "core/coro/join_counter.h",
          .folder = "models/coro",
          .matrix_test = "join_counter_matrix_test",
          .models = all_models<coro_default_orders>()};
}

std::vector<models::checked_table> tables() { return {join_counter_table()}; }

}  // namespace wyn::coro_models
