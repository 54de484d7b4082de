#include "models/export/env_export.h"
#include "models/export/other_programs.h"
#include "models/park/everybody_wakes.h"
#include "models/park/one_sleeper.h"
#include "models/park/two_sleepers.h"

namespace wyn::model_export {

std::vector<exported_program> park_programs() {
  using namespace park_models;
  using e = env_export;
  using orders = event_count_symmetric_orders;
  std::vector<exported_program> all;
  const auto program = [&](const char* model, auto record) {
    all.push_back({"park", "park", model, "event_count_symmetric_orders", record});
  };
  program("everybody_wakes", &record<everybody_wakes<e, orders>>);
  program("one_sleeper", &record<one_sleeper<e, orders>>);
  program("two_sleepers", &record<two_sleepers<e, orders>>);
  return all;
}

}  // namespace wyn::model_export
