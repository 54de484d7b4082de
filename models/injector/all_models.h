// Every model of the producer ring by name, over one table: what the mutation matrix runs.
#pragma once

#include <map>
#include <string>

#include "models/checker/checker.h"
#include "models/env/env_checker.h"
#include "models/injector/batch.h"
#include "models/injector/come_back.h"
#include "models/injector/growth.h"
#include "models/injector/growth_two_consumers.h"
#include "models/injector/producer_claims.h"
#include "models/injector/publication.h"
#include "models/injector/sized_claim.h"
#include "models/injector/two_consumers.h"
#include "models/injector/wrap_around.h"
#include "models/matrix/matrix.h"

namespace wyn::injector_models {

template <class Orders>
std::map<std::string, models::model_run> all_models() {
  return {
      {"batch", model::check<batch<env_checker, Orders>>},
      {"come_back", model::check<come_back<env_checker, Orders>>},
      {"growth", model::check<growth<env_checker, Orders>>},
      {"growth_two_consumers", model::check<growth_two_consumers<env_checker, Orders>>},
      {"producer_claims", model::check<producer_claims<env_checker, Orders>>},
      {"publication", model::check<publication<env_checker, Orders>>},
      {"sized_claim", model::check<sized_claim<env_checker, Orders>>},
      {"two_consumers", model::check<two_consumers<env_checker, Orders>>},
      {"wrap_around", model::check<wrap_around<env_checker, Orders>>},
  };
}

}  // namespace wyn::injector_models
