// Every model of parking by name, over one table: what the mutation matrix runs. Left out are those
// that take longer than a third of a second: entered_together, nap_in_the_way, turned_back,
// two_producers, two_workers, unused_wake, woken_besides.
#pragma once

#include <map>
#include <string>

#include "models/checker/checker.h"
#include "models/env/env_checker.h"
#include "models/matrix/matrix.h"
#include "models/park/everybody_wakes.h"
#include "models/park/handed_on.h"
#include "models/park/late_sleeper.h"
#include "models/park/nap_token.h"
#include "models/park/one_sleeper.h"
#include "models/park/over_the_limit.h"
#include "models/park/request.h"
#include "models/park/search_first.h"
#include "models/park/search_handover.h"
#include "models/park/token.h"
#include "models/park/two_sleepers.h"

namespace wyn::park_models {

template <class Orders>
std::map<std::string, models::model_run> all_models() {
  return {
      {"everybody_wakes", model::check<everybody_wakes<env_checker, Orders>>},
      {"handed_on", model::check<handed_on<env_checker, Orders>>},
      {"late_sleeper", model::check<late_sleeper<env_checker, Orders>>},
      {"nap_token", model::check<nap_token<env_checker, Orders>>},
      {"one_sleeper", model::check<one_sleeper<env_checker, Orders>>},
      {"over_the_limit", model::check<over_the_limit<env_checker, Orders>>},
      {"request", model::check<request<env_checker, Orders>>},
      {"search_first", model::check<search_first<env_checker, Orders>>},
      {"search_handover", model::check<search_handover<env_checker, Orders>>},
      {"token", model::check<token<env_checker, Orders>>},
      {"two_sleepers", model::check<two_sleepers<env_checker, Orders>>},
  };
}

}  // namespace wyn::park_models
