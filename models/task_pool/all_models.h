// Every model of the task pool by name, over one table: what the mutation matrix runs.
#pragma once

#include <map>
#include <string>

#include "models/checker/checker.h"
#include "models/env/env_checker.h"
#include "models/matrix/matrix.h"
#include "models/task_pool/both_ways.h"
#include "models/task_pool/destroy_after_return.h"
#include "models/task_pool/remote_return.h"
#include "models/task_pool/return_and_reuse.h"
#include "models/task_pool/return_in_turn.h"
#include "models/task_pool/shared_cap.h"
#include "models/task_pool/three_returns.h"
#include "models/task_pool/trim_after_return.h"
#include "models/task_pool/two_allocators.h"

namespace wyn::task_pool_models {

template <class Orders>
std::map<std::string, models::model_run> all_models() {
  return {
      {"both_ways", model::check<both_ways<env_checker, Orders>>},
      {"destroy_after_return", model::check<destroy_after_return<env_checker, Orders>>},
      {"destroy_after_return_guarded",
       model::check<destroy_after_return<env_checker, Orders, true>>},
      {"remote_return", model::check<remote_return<env_checker, Orders>>},
      {"remote_return_guarded", model::check<remote_return<env_checker, Orders, guarded_pool>>},
      {"return_and_reuse", model::check<return_and_reuse<env_checker, Orders>>},
      {"return_in_turn", model::check<return_in_turn<env_checker, Orders>>},
      {"shared_cap", model::check<shared_cap<env_checker, Orders>>},
      {"three_returns", model::check<three_returns<env_checker, Orders>>},
      {"trim_after_return", model::check<trim_after_return<env_checker, Orders>>},
      {"two_allocators", model::check<two_allocators<env_checker, Orders>>},
  };
}

}  // namespace wyn::task_pool_models
