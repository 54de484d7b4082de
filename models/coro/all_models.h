// Every model of the join counter by name, over one table: what the mutation matrix runs.
#pragma once

#include <map>
#include <string>

#include "models/checker/checker.h"
#include "models/coro/alone.h"
#include "models/coro/carried.h"
#include "models/coro/carried_twice.h"
#include "models/coro/failed_carrier.h"
#include "models/coro/three_members.h"
#include "models/coro/two_members.h"
#include "models/env/env_checker.h"
#include "models/matrix/matrix.h"

namespace wyn::coro_models {

template <class Orders>
std::map<std::string, models::model_run> all_models() {
  return {
      {"alone", model::check<alone<env_checker, Orders>>},
      {"carried", model::check<carried<env_checker, Orders>>},
      {"carried_twice", model::check<carried_twice<env_checker, Orders>>},
      {"failed_carrier", model::check<failed_carrier<env_checker, Orders>>},
      {"three_members", model::check<three_members<env_checker, Orders>>},
      {"two_members", model::check<two_members<env_checker, Orders>>},
  };
}

}  // namespace wyn::coro_models
