#include "models/deque/tables.h"

#include "core/deque/deque_orders.h"
#include "models/deque/all_models.h"

namespace wyn::deque_models {

models::checked_table fence_table() {
  return {.title = "Deque, with fences",
          .name = "deque_fence_orders",
          .source = "core/deque/deque_orders.h",
          .structure = "core/deque/chase_lev_deque.h",
          .folder = "models/deque",
          .matrix_test = "deque_matrix_test",
          .models = all_models<deque_fence_orders>()};
}

models::checked_table seq_cst_table() {
  return {.title = "Deque, without fences",
          .name = "deque_seq_cst_orders",
          .source = "core/deque/deque_orders.h",
          .structure = "core/deque/chase_lev_deque.h",
          .folder = "models/deque",
          .matrix_test = "deque_matrix_test",
          .models = all_models<deque_seq_cst_orders>()};
}

std::vector<models::checked_table> tables() { return {fence_table(), seq_cst_table()}; }

}  // namespace wyn::deque_models
