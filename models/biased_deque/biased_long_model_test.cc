// The models of the biased deque that take the explorer up to a minute, and the mistakes that need
// them.
#include "models/biased_deque/all_models.h"
#include "models/biased_deque/broken_bias.h"
#include "models/biased_deque/golden.h"
#include "models/checker/gtest.h"

namespace wyn::biased_models {
namespace {

using namespace deque_models;  // NOLINT: the names of the models

template <mistake Mistake>
using asked_again_with =
    asked_again<env_checker, biased_orders, biased_models::deque_with<Mistake>>;

MODEL_TEST(BiasedLongModel, AskedAgain, (shipped<asked_again>), executions(golden("asked_again")));
MODEL_TEST(BiasedLongModel, LastItemTwice, (shipped<last_item_twice>),
           executions(golden("last_item_twice")));
MODEL_TEST(BiasedLongModel, PopThenGrowth, (shipped<pop_then_growth>),
           executions(golden("pop_then_growth")));
MODEL_TEST(BiasedLongModel, ThreeItems, (shipped<three_items>), executions(golden("three_items")));
MODEL_TEST(BiasedLongModel, WrapAroundPop, (shipped<wrap_around_pop>),
           executions(golden("wrap_around_pop")));

MODEL_TEST_FAILS(BiasedLongModel, TheBiasGoesBackUnderAThiefThatAsks,
                 (asked_again_with<biased_models::mistake::askers_not_counted>),
                 failure::assertion);
MODEL_TEST_FAILS(BiasedLongModel, TheBiasGoesBackWithoutBeingShared,
                 (asked_again_with<biased_models::mistake::bias_back_from_asked>),
                 failure::assertion);

}  // namespace
}  // namespace wyn::biased_models
