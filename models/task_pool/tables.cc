#include "models/task_pool/tables.h"

#include "core/task_pool/task_heap_orders.h"
#include "models/task_pool/all_models.h"

namespace wyn::task_pool_models {

models::checked_table heap_table() {
  return {.title = "Task pool",
          .name = "task_heap_default_orders",
          .source = "core/task_pool/task_heap_orders.h",
          .structure = "core/task_pool/task_heap.h",
          .folder = "models/task_pool",
          .matrix_test = "pool_matrix_test",
          .models = all_models<task_heap_default_orders>(),
          .variants = {{"destroy_after_return_guarded", "destroy_after_return"},
                       {"remote_return_guarded", "remote_return"}}};
}

std::vector<models::checked_table> tables() { return {heap_table()}; }

}  // namespace wyn::task_pool_models
