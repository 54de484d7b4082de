#include "models/export/env_export.h"
#include "models/export/other_programs.h"
#include "models/injector/batch.h"
#include "models/injector/come_back.h"
#include "models/injector/growth.h"
#include "models/injector/growth_two_consumers.h"
#include "models/injector/producer_claims.h"
#include "models/injector/publication.h"
#include "models/injector/two_consumers.h"
#include "models/injector/wrap_around.h"

namespace wyn::model_export {

std::vector<exported_program> injector_programs() {
  using namespace injector_models;
  using e = env_export;
  using orders = producer_ring_orders;
  std::vector<exported_program> all;
  const auto program = [&](const char* model, auto record) {
    all.push_back({"injector", "injector", model, "producer_ring_orders", record});
  };
  program("batch", &record<batch<e, orders>>);
  program("come_back", &record<come_back<e, orders>>);
  program("growth", &record<growth<e, orders>>);
  program("growth_two_consumers", &record<growth_two_consumers<e, orders>>);
  program("producer_claims", &record<producer_claims<e, orders>>);
  program("publication", &record<publication<e, orders>>);
  program("two_consumers", &record<two_consumers<e, orders>>);
  program("wrap_around", &record<wrap_around<e, orders>>);
  return all;
}

}  // namespace wyn::model_export
