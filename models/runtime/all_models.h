// The models of the runtime's own words by name, over one table: what the mutation matrix runs.
#pragma once

#include <map>
#include <string>

#include "models/checker/checker.h"
#include "models/env/env_checker.h"
#include "models/matrix/matrix.h"
#include "models/runtime/default_published.h"
#include "models/runtime/detached.h"
#include "models/runtime/forked_child.h"
#include "models/runtime/gate_signs.h"
#include "models/runtime/group_again.h"
#include "models/runtime/group_cancel.h"
#include "models/runtime/group_coroutine.h"
#include "models/runtime/group_errors.h"
#include "models/runtime/group_grows.h"
#include "models/runtime/group_helper.h"
#include "models/runtime/group_inside.h"
#include "models/runtime/group_join.h"
#include "models/runtime/handles_released.h"
#include "models/runtime/idle_again.h"
#include "models/runtime/idle_chain.h"
#include "models/runtime/idle_sleep.h"
#include "models/runtime/idle_tree.h"
#include "models/runtime/join_or_run.h"
#include "models/runtime/joiner_counts_first.h"
#include "models/runtime/leapfrog.h"
#include "models/runtime/list_walk.h"
#include "models/runtime/one_turn.h"
#include "models/runtime/outgrown_deque.h"
#include "models/runtime/outgrown_newcomer.h"
#include "models/runtime/outgrown_ring.h"
#include "models/runtime/shutdown_race.h"
#include "models/runtime/suspended_join.h"
#include "models/runtime/trim_asked.h"
#include "models/runtime/two_joiners.h"

namespace wyn::runtime_models {

template <class Orders>
std::map<std::string, models::model_run> all_models() {
  return {
      {"default_published", model::check<default_published<env_checker, Orders>>},
      {"detached", model::check<detached<env_checker, Orders>>},
      {"forked_child", model::check<forked_child<env_checker, Orders>>},
      {"gate_signs", model::check<gate_signs<env_checker, Orders>>},
      {"group_again", model::check<group_again<env_checker, Orders>>},
      {"group_cancel", model::check<group_cancel<env_checker, Orders>>},
      {"group_coroutine", model::check<group_coroutine<env_checker, Orders>>},
      {"group_errors", model::check<group_errors<env_checker, Orders>>},
      {"group_grows", model::check<group_grows<env_checker, Orders>>},
      {"group_helper", model::check<group_helper<env_checker, Orders>>},
      {"group_inside", model::check<group_inside<env_checker, Orders>>},
      {"group_join", model::check<group_join<env_checker, Orders>>},
      {"handles_released", model::check<handles_released<env_checker, Orders>>},
      {"idle_again", model::check<idle_again<env_checker, Orders>>},
      {"idle_chain", model::check<idle_chain<env_checker, Orders>>},
      {"idle_sleep", model::check<idle_sleep<env_checker, Orders>>},
      {"idle_tree", model::check<idle_tree<env_checker, Orders>>},
      {"join_or_run", model::check<join_or_run<env_checker, Orders>>},
      {"join_or_run_throwing", model::check<join_or_run_throwing<env_checker, Orders>>},
      {"joiner_counts_first", model::check<joiner_counts_first<env_checker, Orders>>},
      {"leapfrog_biased", model::check<leapfrog_biased<env_checker, Orders>>},
      {"leapfrog_fork", model::check<leapfrog_fork<env_checker, Orders>>},
      {"leapfrog_group", model::check<leapfrog_group<env_checker, Orders>>},
      {"leapfrog_nested", model::check<leapfrog_nested<env_checker, Orders>>},
      {"leapfrog_spawned", model::check<leapfrog_spawned<env_checker, Orders>>},
      {"leapfrog_two_thieves", model::check<leapfrog_two_thieves<env_checker, Orders>>},
      {"list_walk", model::check<list_walk<env_checker, Orders>>},
      {"one_turn", model::check<one_turn<env_checker, Orders>>},
      {"outgrown_deque", model::check<outgrown_deque<env_checker, Orders>>},
      {"outgrown_newcomer", model::check<outgrown_newcomer<env_checker, Orders>>},
      {"outgrown_ring", model::check<outgrown_ring<env_checker, Orders>>},
      {"shutdown_race", model::check<shutdown_race<env_checker, Orders>>},
      {"suspended_join", model::check<suspended_join<env_checker, Orders>>},
      {"trim_asked", model::check<trim_asked<env_checker, Orders>>},
      {"two_joiners", model::check<two_joiners<env_checker, Orders>>},
  };
}

}  // namespace wyn::runtime_models
