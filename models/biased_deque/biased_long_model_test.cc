// The models of the biased deque that take the explorer a minute, and the mistakes that need them.
#include "models/biased_deque/all_models.h"
#include "models/biased_deque/asked_again.h"
#include "models/biased_deque/broken_bias.h"
#include "models/biased_deque/golden.h"
#include "models/checker/gtest.h"

namespace wyn::biased_models {
namespace {

template <mistake Mistake>
using asked_again_with = asked_again<env_checker, biased_orders, deque_with<Mistake>>;

MODEL_TEST(BiasedLongModel, AskedAgain, (shipped<asked_again>), executions(golden::asked_again));
MODEL_TEST_FAILS(BiasedLongModel, TheBiasGoesBackUnderAThiefThatAsks,
                 (asked_again_with<mistake::askers_not_counted>), failure::assertion);
MODEL_TEST_FAILS(BiasedLongModel, TheBiasGoesBackWithoutBeingShared,
                 (asked_again_with<mistake::bias_back_from_asked>), failure::assertion);

}  // namespace
}  // namespace wyn::biased_models
