// Every model of the deque by name, over one table: what the mutation matrix runs.
#pragma once

#include <map>
#include <string>

#include "models/checker/checker.h"
#include "models/deque/bounded_full.h"
#include "models/deque/growth.h"
#include "models/deque/growth_then_pop.h"
#include "models/deque/growth_two_thieves.h"
#include "models/deque/last_item.h"
#include "models/deque/last_item_twice.h"
#include "models/deque/multi_word.h"
#include "models/deque/pop_then_growth.h"
#include "models/deque/publication.h"
#include "models/deque/publication_after_pop.h"
#include "models/deque/sized_steal.h"
#include "models/deque/three_items.h"
#include "models/deque/three_thieves.h"
#include "models/deque/two_items.h"
#include "models/deque/two_thieves.h"
#include "models/deque/wrap_around.h"
#include "models/deque/wrap_around_pop.h"
#include "models/env/env_checker.h"
#include "models/matrix/matrix.h"

namespace wyn::deque_models {

template <class Orders>
std::map<std::string, models::model_run> all_models() {
  return {
      {"bounded_full", model::check<bounded_full<env_checker, Orders>>},
      {"growth", model::check<growth<env_checker, Orders>>},
      {"growth_then_pop", model::check<growth_then_pop<env_checker, Orders>>},
      {"growth_two_thieves", model::check<growth_two_thieves<env_checker, Orders>>},
      {"last_item", model::check<last_item<env_checker, Orders>>},
      {"last_item_twice", model::check<last_item_twice<env_checker, Orders>>},
      {"multi_word", model::check<multi_word<env_checker, Orders>>},
      {"pop_then_growth", model::check<pop_then_growth<env_checker, Orders>>},
      {"publication", model::check<publication<env_checker, Orders>>},
      {"publication_after_pop", model::check<publication_after_pop<env_checker, Orders>>},
      {"sized_steal", model::check<sized_steal<env_checker, Orders>>},
      {"three_items", model::check<three_items<env_checker, Orders>>},
      {"three_thieves", model::check<three_thieves<env_checker, Orders>>},
      {"two_items", model::check<two_items<env_checker, Orders>>},
      {"two_thieves", model::check<two_thieves<env_checker, Orders>>},
      {"wrap_around", model::check<wrap_around<env_checker, Orders>>},
      {"wrap_around_pop", model::check<wrap_around_pop<env_checker, Orders>>},
  };
}

}  // namespace wyn::deque_models
