// The biased deque is linearizable, the owner's take_oldest included.
#include <gtest/gtest.h>

#include "models/biased_deque/broken_bias.h"
#include "models/biased_deque/shipped.h"
#include "models/checker/gtest.h"
#include "models/deque/recorded_deque.h"

namespace wyn::biased_models {
namespace {

using namespace deque_models;  // NOLINT: the clients

template <template <class, class> class Client>
using shipped_client = Client<biased_orders, biased_models::shipped_deque>;
template <template <class, class> class Client, mistake Mistake>
using with_mistake = Client<biased_orders, biased_models::deque_with<Mistake>>;

MODEL_TEST(BiasedHistory, TwoSteals, (shipped_client<two_steals>), executions(904));
MODEL_TEST(BiasedHistory, TwoThievesAndGrowth, (shipped_client<two_thieves_and_growth>),
           executions(172169));
MODEL_TEST(BiasedHistory, SlotsUsedAgain, (shipped_client<slots_used_again>), executions(1947));
MODEL_TEST(BiasedHistory, OwnerAtBothEnds, (shipped_client<owner_at_both_ends>),
           executions(2037));
MODEL_TEST(BiasedHistory, TwoThievesInTurn, (shipped_client<two_thieves_in_turn>),
           executions(18424));

MODEL_TEST_FAILS(BiasedHistoryOrders, OldestWithoutRelease, (shipped_client<owner_at_both_ends>),
                 failure::not_linearizable, {.overrides = {{"DB15c", order::acquire}}});
MODEL_TEST_FAILS(BiasedHistoryOrders, PopWithoutItsFence, (shipped_client<two_steals>),
                 failure::not_linearizable, {.overrides = {{"DB10", order::acq_rel}}});

// Mistakes of the program.
MODEL_TEST_FAILS(BiasedHistoryMistakes, OldestByAStore,
                 (with_mistake<owner_at_both_ends, mistake::oldest_by_a_store>),
                 failure::not_linearizable);
MODEL_TEST_FAILS(BiasedHistoryMistakes, LightPopWhileAsked,
                 (with_mistake<two_steals, mistake::light_pop_while_asked>),
                 failure::not_linearizable);

}  // namespace
}  // namespace wyn::biased_models
