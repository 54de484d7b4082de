// Every model of combined heavy fences by name, over one table: what the mutation matrix runs.
#pragma once

#include <map>
#include <string>

#include "models/checker/checker.h"
#include "models/env/env_checker.h"
#include "models/fence/carried_over.h"
#include "models/fence/one_asker.h"
#include "models/fence/stopped_caller.h"
#include "models/fence/three_askers.h"
#include "models/fence/two_askers.h"
#include "models/matrix/matrix.h"

namespace wyn::fence_models {

template <class Orders>
std::map<std::string, models::model_run> all_models() {
  return {
      {"carried_over", model::check<carried_over<env_checker, Orders>>},
      {"one_asker", model::check<one_asker<env_checker, Orders>>},
      {"stopped_caller", model::check<stopped_caller<env_checker, Orders>>},
      {"three_askers", model::check<three_askers<env_checker, Orders>>},
      {"two_askers", model::check<two_askers<env_checker, Orders>>},
      {"two_askers_impatient",
       model::check<two_askers<env_checker, Orders, shipped<impatient>>>},
  };
}

}  // namespace wyn::fence_models
