// A task has one result, which each joiner is told, in every order that happens-before leaves open.
// With a step left out, or an order too weak, it has not.
#include "models/checker/gtest.h"
#include "models/runtime/broken_join.h"
#include "models/runtime/model_orders.h"
#include "models/runtime/recorded_result.h"

namespace wyn::runtime_models {
namespace {

using orders = model_orders;

MODEL_TEST(JoinHistory, EntryAndJoins, (entry_and_joins<orders>), executions(18));
MODEL_TEST(JoinHistory, EntryAndTwoJoiners, (entry_and_two_joiners<orders>), executions(3365));

MODEL_TEST_FAILS(JoinHistoryMistakes, ClaimsInTwoSteps,
                 (entry_and_joins<orders, claims_in_two_steps>), failure::not_linearizable);
MODEL_TEST_FAILS(JoinHistoryMistakes, DoneOnceClaimed,
                 (entry_and_joins<orders, done_once_claimed>), failure::not_linearizable);

MODEL_TEST_FAILS(JoinHistoryOrders, FinishesWithoutRelease, (entry_and_joins<orders>),
                 failure::not_linearizable, {.overrides = {{"JN2", order::acquire}}});
MODEL_TEST_FAILS(JoinHistoryOrders, LooksWithoutAcquire, (entry_and_joins<orders>),
                 failure::not_linearizable, {.overrides = {{"JN3", order::relaxed}}});

}  // namespace
}  // namespace wyn::runtime_models
