// The models of the deque, over the biased one, each with its exact number of executions; and the
// mistakes that the models must see.
#include "models/biased_deque/all_models.h"
#include "models/biased_deque/broken_bias.h"
#include "models/checker/gtest.h"
#include "models/deque/sized_steal.h"

namespace wyn::biased_models {
namespace {

using namespace deque_models;  // NOLINT: the names of the models

template <template <class, class, class> class Model, mistake Mistake>
using with_mistake = Model<env_checker, biased_orders, biased_models::deque_with<Mistake>>;

// Every execution frees every buffer.
constexpr bool leaks = true;

MODEL_TEST(BiasedDeque, AskedForTheLast, (shipped<asked_for_the_last>), executions(238778),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, AskedForTheOldest, (shipped<asked_for_the_oldest>), executions(70092),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, BiasTakenBack, (shipped<bias_taken_back>), executions(657),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, BoundedFull, (shipped<bounded_full>), executions(20),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, Growth, (shipped<growth>), executions(214), {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, GrowthThenPop, (shipped<growth_then_pop>), executions(172169),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, GrowthTwoThieves, (shipped<growth_two_thieves>), executions(85863),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, LastItem, (shipped<last_item>), executions(42), {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, MultiWord, (shipped<multi_word>), executions(10), {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, NeverEmpty, (shipped<never_empty>), executions(53),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, Oldest, (shipped<oldest>), executions(480), {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, OldestThenPush, (shipped<oldest_then_push>), executions(468),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, Publication, (shipped<publication>), executions(2),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, PublicationAfterPop, (shipped<publication_after_pop>), executions(37),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, SizedSteal, (shipped<sized_steal>), executions(63),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, TwoItems, (shipped<two_items>), executions(904), {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, TwoThieves, (shipped<two_thieves>), executions(409992),
           {.check_leaks = leaks});
MODEL_TEST(BiasedDeque, WrapAround, (shipped<wrap_around>), executions(26),
           {.check_leaks = leaks});

// The deque of broken_bias.h without a mistake is right: what the models object to is the mistake.
MODEL_TEST(BiasedControl, LastItem, (with_mistake<last_item, mistake::none>), executions(42));
MODEL_TEST(BiasedControl, TwoItems, (with_mistake<two_items, mistake::none>), executions(904));
MODEL_TEST(BiasedControl, AskedForTheLast, (with_mistake<asked_for_the_last, mistake::none>),
           executions(238778));
MODEL_TEST(BiasedControl, Oldest, (with_mistake<oldest, mistake::none>), executions(480));

MODEL_TEST_FAILS(BiasedMistakes, TheLastItemIsNotTriedAgain,
                 (with_mistake<last_item, mistake::last_item_not_retried>), failure::assertion);
MODEL_TEST_FAILS(BiasedMistakes, TheOwnerPopsWithoutAFenceWhileAThiefAsks,
                 (with_mistake<two_items, mistake::light_pop_while_asked>), failure::assertion);
MODEL_TEST_FAILS(BiasedMistakes, AThiefStealsFromADequeThatIsOnlyAskedFor,
                 (with_mistake<two_thieves, mistake::steal_while_asked>), failure::assertion);
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
