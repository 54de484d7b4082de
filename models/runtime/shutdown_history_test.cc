// Shutdown closes in one step, in every order that happens-before leaves open: what it finds is
// what was accepted, in the order of each thread's spawns, and the rest was refused. With a step
// left out, or an order too weak, it does not.
#include "models/checker/gtest.h"
#include "models/runtime/broken_counting.h"
#include "models/runtime/model_orders.h"
#include "models/runtime/recorded_shutdown.h"

namespace wyn::runtime_models {
namespace {

using orders = model_orders;

MODEL_TEST(ShutdownHistory, TwoSpawns, (two_spawns<orders>), executions(9));
MODEL_TEST(ShutdownHistory, TwoSpawners, (two_spawners<orders>), executions(44));

MODEL_TEST_FAILS(ShutdownHistoryMistakes, LooksBeforeItCounts,
                 (two_spawns<orders, looks_before_it_counts>), failure::not_linearizable);
MODEL_TEST_FAILS(ShutdownHistoryMistakes, ClosesWithoutAFence,
                 (two_spawns<orders, closes_without_fence>), failure::not_linearizable);
MODEL_TEST_FAILS(ShutdownHistoryMistakes, LeavesTheGateOpen,
                 (two_spawners<orders, leaves_the_gate_open>), failure::not_linearizable);

MODEL_TEST_FAILS(ShutdownHistoryOrders, ClosesWithAnOrdinaryFence, (two_spawns<orders>),
                 failure::not_linearizable, {.overrides = {{"RT9", order::seq_cst}}});
MODEL_TEST_FAILS(ShutdownHistoryOrders, SpawnsWithoutTheLightFence, (two_spawners<orders>),
                 failure::not_linearizable, {.overrides = {{"RT8", order::none}}});

}  // namespace
}  // namespace wyn::runtime_models
