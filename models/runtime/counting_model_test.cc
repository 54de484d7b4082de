// Counts, waiting for idleness, the gate of shutdown and the smaller words under the explorer:
// golden counts, and each step left out.
#include "models/checker/gtest.h"
#include "models/env/env_checker.h"
#include "models/env/env_no_heavy.h"
#include "models/runtime/broken_counting.h"
#include "models/runtime/default_published.h"
#include "models/runtime/gate_signs.h"
#include "models/runtime/handles_released.h"
#include "models/runtime/idle_again.h"
#include "models/runtime/idle_chain.h"
#include "models/runtime/idle_sleep.h"
#include "models/runtime/idle_tree.h"
#include "models/runtime/list_walk.h"
#include "models/runtime/model_orders.h"
#include "models/runtime/one_turn.h"
#include "models/runtime/shutdown_race.h"
#include "models/runtime/trim_asked.h"

namespace wyn::runtime_models {
namespace {

using env = env_checker;
using orders = model_orders;
const model::options no_leaks = {.check_leaks = true};

MODEL_TEST(CountingModel, IdleTree, (idle_tree<env, orders>), executions(1));
MODEL_TEST(CountingModel, IdleChain, (idle_chain<env, orders>), executions(8));
MODEL_TEST(CountingModel, IdleSleep, (idle_sleep<env, orders>), executions(26260));
MODEL_TEST(CountingModel, IdleAgain, (idle_again<env, orders>), executions(6780));
MODEL_TEST(CountingModel, ShutdownRace, (shutdown_race<env, orders>), executions(9), no_leaks);
MODEL_TEST(CountingModel, GateSigns, (gate_signs<env, orders>), executions(21), no_leaks);
MODEL_TEST(CountingModel, ListWalk, (list_walk<env, orders>), executions(3), no_leaks);
MODEL_TEST(CountingModel, HandlesReleased, (handles_released<env, orders>), executions(20),
           no_leaks);
MODEL_TEST(CountingModel, DefaultPublished, (default_published<env, orders>), executions(4),
           no_leaks);
MODEL_TEST(CountingModel, TrimAsked, (trim_asked<env, orders>), executions(225));
MODEL_TEST(CountingModel, OneTurn, (one_turn<env, orders>), executions(20));
MODEL_TEST(CountingModel, OneTurnOfThree, (one_turn<env, orders, 3>), executions(252));

MODEL_TEST_FAILS(BrokenCounting, SumsSpawnedFirst, (idle_chain<env, orders, sums_spawned_first>),
                 failure::data_race);
MODEL_TEST_FAILS(BrokenCounting, CompletesBeforeEffects,
                 (idle_tree<env, orders, completes_before_effects>), failure::data_race);
MODEL_TEST_FAILS(BrokenCounting, PublishesBeforeItCounts,
                 (idle_tree<env, orders, publishes_before_it_counts>), failure::data_race);

MODEL_TEST_FAILS(BrokenIdle, TrustsItsWish, (idle_again<env, orders, trusts_its_wish>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenIdle, WishesNothing, (idle_sleep<env, orders, wishes_nothing>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenIdle, FinishesWithoutASecondLook,
                 (idle_sleep<env, orders, finishes_without_second_look>), failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenIdle, RechecksAfterAnOrdinaryFence, (idle_sleep<env, orders>),
                 failure::lost_wakeup, {.overrides = {{"RT16", order::seq_cst}}});

MODEL_TEST_FAILS(BrokenGate, LooksBeforeItCounts,
                 (shutdown_race<env, orders, looks_before_it_counts>), failure::use_after_free);
MODEL_TEST_FAILS(BrokenGate, ClosesWithoutAFence,
                 (shutdown_race<env, orders, closes_without_fence>), failure::use_after_free);
MODEL_TEST_FAILS(BrokenGate, LeavesTheGateOpen, (shutdown_race<env, orders, leaves_the_gate_open>),
                 failure::use_after_free);
MODEL_TEST_FAILS(BrokenGate, ClosesWithAnOrdinaryFence, (shutdown_race<env, orders>),
                 failure::use_after_free, {.overrides = {{"RT9", order::seq_cst}}});

MODEL_TEST_FAILS(BrokenGate, StoresItsSign,
                 (gate_signs<env, orders, stores_its_sign<env, orders>>), failure::assertion);

// In a process without heavy fences.
MODEL_TEST(CountingModel, ShutdownRaceNoHeavy, (shutdown_race<env_no_heavy, orders>),
           executions(16), no_leaks);
MODEL_TEST(CountingModel, GateSignsNoHeavy, (gate_signs<env_no_heavy, orders>), executions(28),
           no_leaks);
MODEL_TEST_FAILS(BrokenGate, BelievesInHeavyFences, (shutdown_race<env_false_heavy, orders>),
                 failure::use_after_free);

MODEL_TEST_FAILS(BrokenTrim, TrimsUnannounced, (trim_asked<env, orders, trims_unannounced>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenTrim, AnnouncesWithoutAFence, (trim_asked<env, orders>),
                 failure::lost_wakeup, {.overrides = {{"EC2", order::none}}});

MODEL_TEST_FAILS(BrokenTurn, StoresItsTurn, (one_turn<env, orders, 2, stores_its_turn>),
                 failure::assertion);

}  // namespace
}  // namespace wyn::runtime_models
