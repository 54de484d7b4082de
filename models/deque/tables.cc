#include "models/deque/tables.h"

#include "core/deque/deque_orders.h"
#include "models/deque/all_models.h"
#include "models/deque/sized_steal.h"

namespace wyn::deque_models {

// Those that are linked to the proofs, and a look at the size, which the proofs' machines have not.
template <class Orders>
models::model_set models_of_table() {
  models::model_set all = all_models<Orders>();
  all["sized_steal"] = model::check<sized_steal<env_checker, Orders>>;
  return all;
}

models::checked_table fence_table() {
  return {.title = "Deque, with fences",
          .name = "deque_fence_orders",
          .source = "core/deque/deque_orders.h",
          .structure = "core/deque/chase_lev_deque.h",
          .folder = "models/deque",
          .matrix_test = "deque_matrix_test",
          .models = models_of_table<deque_fence_orders>()};
}

models::checked_table seq_cst_table() {
  return {.title = "Deque, without fences",
          .name = "deque_seq_cst_orders",
          .source = "core/deque/deque_orders.h",
          .structure = "core/deque/chase_lev_deque.h",
          .folder = "models/deque",
          .matrix_test = "deque_matrix_test",
          .models = models_of_table<deque_seq_cst_orders>()};
}

std::vector<models::checked_table> tables() { return {fence_table(), seq_cst_table()}; }

}  // namespace wyn::deque_models
