#include "models/fence/tables.h"

#include "core/base/heavy_fence_orders.h"
#include "models/fence/all_models.h"

namespace wyn::fence_models {

models::checked_table table() {
  return {.title = "Combined heavy fences",
          .name = "heavy_fence_orders",
          .source = "core/base/heavy_fence_orders.h",
          .structure = "core/base/heavy_fence_group.h",
          .folder = "models/fence",
          .matrix_test = "fence_matrix_test",
          .models = all_models<heavy_fence_orders>(),
          .variants = {{"two_askers_impatient", "two_askers"}}};
}

std::vector<models::checked_table> tables() { return {table()}; }

}  // namespace wyn::fence_models
