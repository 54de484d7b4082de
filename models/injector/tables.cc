#include "models/injector/tables.h"

#include "core/injector/producer_ring_orders.h"
#include "models/injector/all_models.h"

namespace wyn::injector_models {

models::checked_table ring_table() {
  return {.title = "Injector ring",
          .name = "producer_ring_orders",
          .source = "core/injector/producer_ring_orders.h",
          .structure = "core/injector/producer_ring.h",
          .folder = "models/injector",
          .matrix_test = "ring_matrix_test",
          .models = all_models<producer_ring_orders>()};
}

std::vector<models::checked_table> tables() { return {ring_table()}; }

}  // namespace wyn::injector_models
