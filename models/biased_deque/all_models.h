// The models of models/deque over the biased deque, and those of this folder. askers_left and
// oldest_finds_none, made of executions that no machine of views performs, are in
// biased_machine_run_test; three_thieves has some billions of executions, as the explorer guesses,
// and is left out.
#pragma once

#include "core/deque/biased_orders.h"
#include "models/biased_deque/asked_again.h"
#include "models/biased_deque/asked_for_the_last.h"
#include "models/biased_deque/asked_for_the_oldest.h"
#include "models/biased_deque/bias_taken_back.h"
#include "models/biased_deque/never_empty.h"
#include "models/biased_deque/oldest.h"
#include "models/biased_deque/oldest_then_push.h"
#include "models/biased_deque/shared_at_first.h"
#include "models/biased_deque/shipped.h"
#include "models/checker/checker.h"
#include "models/deque/all_models.h"
#include "models/env/env_checker.h"
#include "models/matrix/matrix.h"

namespace wyn::biased_models {

/// A model of either folder over the shipped deque.
template <template <class, class, class> class Model>
using shipped = Model<env_checker, biased_orders, shipped_deque>;

/// What the mutation matrix runs.
inline models::model_set all_models() {
  using namespace deque_models;  // NOLINT: the names of the models
  return {
      {"asked_for_the_last", model::check<shipped<asked_for_the_last>>},
      {"asked_for_the_oldest", model::check<shipped<asked_for_the_oldest>>},
      {"bias_taken_back", model::check<shipped<bias_taken_back>>},
      {"bounded_full", model::check<shipped<bounded_full>>},
      {"growth", model::check<shipped<growth>>},
      {"growth_then_pop", model::check<shipped<growth_then_pop>>},
      {"growth_two_thieves", model::check<shipped<growth_two_thieves>>},
      {"last_item", model::check<shipped<last_item>>},
      {"multi_word", model::check<shipped<multi_word>>},
      {"never_empty", model::check<shipped<never_empty>>},
      {"oldest", model::check<shipped<oldest>>},
      {"oldest_then_push", model::check<shipped<oldest_then_push>>},
      {"publication", model::check<shipped<publication>>},
      {"publication_after_pop", model::check<shipped<publication_after_pop>>},
      {"shared_at_first", model::check<shipped<shared_at_first>>},
      {"sized_steal", model::check<shipped<sized_steal>>},
      {"two_items", model::check<shipped<two_items>>},
      {"two_thieves", model::check<shipped<two_thieves>>},
      {"wrap_around", model::check<shipped<wrap_around>>},
  };
}

/// Those that take the explorer longer than a second or two.
inline models::model_set long_models() {
  using namespace deque_models;  // NOLINT: the names of the models
  return {
      {"asked_again", model::check<shipped<asked_again>>},
      {"last_item_twice", model::check<shipped<last_item_twice>>},
      {"pop_then_growth", model::check<shipped<pop_then_growth>>},
      {"three_items", model::check<shipped<three_items>>},
      {"wrap_around_pop", model::check<shipped<wrap_around_pop>>},
  };
}

}  // namespace wyn::biased_models
