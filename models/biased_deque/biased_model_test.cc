// The models of the deque, over the biased one, each with its exact number of executions; and the
// mistakes that the models must see.
#include "core/deque/deque_orders.h"
#include "models/biased_deque/all_models.h"
#include "models/biased_deque/broken_bias.h"
#include "models/biased_deque/golden.h"
#include "models/checker/gtest.h"

namespace wyn::biased_models {
namespace {

using namespace deque_models;  // NOLINT: the names of the models

template <template <class, class, class> class Model, mistake Mistake>
using with_mistake = Model<env_checker, biased_orders, biased_models::deque_with<Mistake>>;

// Every execution frees every buffer.
constexpr bool leaks = true;

MODEL_TEST(BiasedDeque, AskedForTheLast, (shipped<asked_for_the_last>),
           executions(golden("asked_for_the_last")), {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, AskedForTheOldest, (shipped<asked_for_the_oldest>),
           executions(golden("asked_for_the_oldest")), {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, BiasTakenBack, (shipped<bias_taken_back>),
           executions(golden("bias_taken_back")), {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, BoundedFull, (shipped<bounded_full>), executions(golden("bounded_full")),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, Growth, (shipped<growth>), executions(golden("growth")),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, GrowthThenPop, (shipped<growth_then_pop>),
           executions(golden("growth_then_pop")), {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, GrowthTwoThieves, (shipped<growth_two_thieves>),
           executions(golden("growth_two_thieves")), {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, LastItem, (shipped<last_item>), executions(golden("last_item")),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, MultiWord, (shipped<multi_word>), executions(golden("multi_word")),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, NeverEmpty, (shipped<never_empty>), executions(golden("never_empty")),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, Oldest, (shipped<oldest>), executions(golden("oldest")),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, OldestThenPush, (shipped<oldest_then_push>),
           executions(golden("oldest_then_push")), {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, Publication, (shipped<publication>), executions(golden("publication")),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, PublicationAfterPop, (shipped<publication_after_pop>),
           executions(golden("publication_after_pop")), {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, SharedAtFirst, (shipped<shared_at_first>),
           executions(golden("shared_at_first")), {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, SizedSteal, (shipped<sized_steal>), executions(golden("sized_steal")),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, TwoItems, (shipped<two_items>), executions(golden("two_items")),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, TwoThieves, (shipped<two_thieves>), executions(golden("two_thieves")),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, WrapAround, (shipped<wrap_around>), executions(golden("wrap_around")),
           {.check_leaks = leaks});

// But three_thieves.
TEST(BiasedDeque, RunsTheModelsOfTheOtherDeque) {
  const models::model_set here = all_models(), in_long_test = long_models();
  for (const auto& [name, run] : deque_models::all_models<deque_fence_orders>()) {
    const bool runs = here.contains(name) || in_long_test.contains(name);
    EXPECT_NE(runs, name == "three_thieves") << name;
  }
}

// The deque of broken_bias.h without a mistake is right: what the models object to is the mistake.
MODEL_TEST(BiasedControl, LastItem, (with_mistake<last_item, mistake::none>),
           executions(golden("last_item")));
MODEL_TEST(BiasedControl, TwoItems, (with_mistake<two_items, mistake::none>),
           executions(golden("two_items")));
MODEL_TEST(BiasedControl, AskedForTheLast, (with_mistake<asked_for_the_last, mistake::none>),
           executions(golden("asked_for_the_last")));
MODEL_TEST(BiasedControl, Oldest, (with_mistake<oldest, mistake::none>),
           executions(golden("oldest")));

MODEL_TEST_FAILS(BiasedMistakes, TheLastItemIsNotTriedAgain,
                 (with_mistake<last_item, mistake::last_item_not_retried>), failure::assertion);
MODEL_TEST_FAILS(BiasedMistakes, TheOwnerPopsWithoutAFenceWhileAThiefAsks,
                 (with_mistake<two_items, mistake::light_pop_while_asked>), failure::assertion);
MODEL_TEST_FAILS(BiasedMistakes, AThiefStealsFromADequeThatIsOnlyAskedFor,
                 (with_mistake<two_thieves, mistake::steal_while_asked>), failure::assertion);
MODEL_TEST_FAILS(BiasedMistakes, TheOwnerPopsWithoutAFenceFromADequeSharedAtFirst,
                 (with_mistake<shared_at_first, mistake::light_pop_while_asked>),
                 failure::assertion);
MODEL_TEST_FAILS(BiasedMistakes, TheLastItemTakesTheBiasBack,
                 (with_mistake<asked_for_the_last, mistake::last_item_takes_bias_back>),
                 failure::assertion);
MODEL_TEST_FAILS(BiasedMistakes, TheOldestItemIsTakenByAStore,
                 (with_mistake<oldest, mistake::oldest_by_a_store>), failure::assertion);
MODEL_TEST_FAILS(BiasedMistakes, TheOldestItemIsNotTriedAgain,
                 (with_mistake<oldest, mistake::oldest_not_retried>), failure::assertion);
MODEL_TEST_FAILS(BiasedMistakes, TheOldestItemTakesTheBiasBack,
                 (with_mistake<asked_for_the_oldest, mistake::oldest_takes_bias_back>),
                 failure::assertion);

}  // namespace
}  // namespace wyn::biased_models
