#include "models/park/tables.h"

#include "core/park/work_signal_orders.h"
#include "models/park/all_models.h"

namespace wyn::park_models {

models::checked_table asymmetric_table() {
  return {.title = "Event count, asymmetric fences",
          .name = "event_count_asymmetric_orders",
          .source = "core/park/event_count_orders.h",
          .structure = "core/park/event_count.h",
          .folder = "models/park",
          .matrix_test = "park_matrix_test",
          .models = all_models<work_signal_asymmetric_orders>()};
}

models::checked_table symmetric_table() {
  return {.title = "Event count, ordinary fences",
          .name = "event_count_symmetric_orders",
          .source = "core/park/event_count_orders.h",
          .structure = "core/park/event_count.h",
          .folder = "models/park",
          .matrix_test = "park_matrix_test",
          .models = all_models<work_signal_symmetric_orders>(),
          .base = "event_count_asymmetric_orders"};
}

models::checked_table search_gate_table() {
  return {.title = "Search gate",
          .name = "search_gate_orders",
          .source = "core/park/search_gate_orders.h",
          .structure = "core/park/search_gate.h",
          .folder = "models/park",
          .matrix_test = "park_matrix_test",
          .models = all_models<work_signal_asymmetric_orders>()};
}

std::vector<models::checked_table> tables() {
  return {asymmetric_table(), symmetric_table(), search_gate_table()};
}

}  // namespace wyn::park_models
