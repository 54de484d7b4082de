#include "models/coro/alone.h"
#include "models/coro/carried.h"
#include "models/coro/carried_twice.h"
#include "models/coro/failed_carrier.h"
#include "models/coro/three_members.h"
#include "models/coro/two_members.h"
#include "models/export/env_export.h"
#include "models/export/other_programs.h"

namespace wyn::model_export {

std::vector<exported_program> coro_programs() {
  using namespace coro_models;
  using e = env_export;
  using orders = coro_default_orders;
  std::vector<exported_program> all;
  const auto program = [&](const char* model, auto record) {
    all.push_back({"coro", "coro", model, "coro_default_orders", record});
  };
  program("alone", &record<alone<e, orders>>);
  program("carried", &record<carried<e, orders>>);
  program("carried_twice", &record<carried_twice<e, orders>>);
  program("failed_carrier", &record<failed_carrier<e, orders>>);
  program("three_members", &record<three_members<e, orders>>);
  program("two_members", &record<two_members<e, orders>>);
  return all;
}

}  // namespace wyn::model_export
