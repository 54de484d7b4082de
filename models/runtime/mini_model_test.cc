// A runtime in small with two threads under the explorer: golden counts, and seeded faults in the
// composition. mini_whole_test.cc has those with three.
#include "models/checker/gtest.h"
#include "models/env/env_checker.h"
#include "models/runtime/broken_parts.h"
#include "models/runtime/mini_spawn.h"
#include "models/runtime/mini_steal.h"
#include "models/runtime/mini_stop.h"
#include "models/runtime/mini_wait.h"
#include "models/runtime/model_orders.h"

namespace wyn::runtime_models {
namespace {

using env = env_checker;
using orders = model_orders;

MODEL_TEST(MiniRuntime, SpawnOne, (mini_spawn<env, orders, searching_parts, 1>), executions(149));
MODEL_TEST(MiniRuntime, SpawnTwo, (mini_spawn<env, orders>), executions(106305));
MODEL_TEST(MiniRuntime, StealOne, (mini_steal<env, orders, searching_parts, 1>), executions(149));
MODEL_TEST(MiniRuntime, StealTwo, (mini_steal<env, orders>), executions(73963));
MODEL_TEST(MiniRuntime, Stop, (mini_stop<env, orders>), executions(7));
MODEL_TEST(MiniRuntime, Wait, (mini_wait<env, orders>), executions(1910));

// Over the biased deque, which is the runtime's. Who only pushes does not look at top, so spawning
// has as many executions as above.
MODEL_TEST(MiniRuntimeBiased, SpawnOne, (mini_spawn<env, orders, biased<searching_parts>, 1>),
           executions(149));
MODEL_TEST(MiniRuntimeBiased, SpawnTwo, (mini_spawn<env, orders, biased<>>), executions(106305));
MODEL_TEST(MiniRuntimeBiased, StealOne, (mini_steal<env, orders, biased<searching_parts>, 1>),
           executions(149));
MODEL_TEST(MiniRuntimeBiased, StealTwo, (mini_steal<env, orders, biased<>>), executions(70913));
MODEL_TEST(MiniRuntimeBiased, Stop, (mini_stop<env, orders, biased<>>), executions(7));
MODEL_TEST(MiniRuntimeBiased, Wait, (mini_wait<env, orders, biased<>>), executions(10268));

// A worker, or who waits, naps before it sleeps.
MODEL_TEST(MiniRuntimeNaps, SpawnOne, (mini_spawn<env, orders, napping<searching_parts>, 1>),
           executions(7017));
MODEL_TEST(MiniRuntimeNaps, StealOne, (mini_steal<env, orders, napping<hurried<>>, 1>),
           executions(1316));
MODEL_TEST(MiniRuntimeNaps, Stop, (mini_stop<env, orders, napping<>>), executions(23));
MODEL_TEST(MiniRuntimeNaps, Wait, (mini_wait<env, orders, napping<>>), executions(18350));
MODEL_TEST(MiniRuntimeNaps, WaitBiased, (mini_wait<env, orders, biased<napping<hurried<>>>>),
           executions(44488));

// (a) A sleep without a re-check.
MODEL_TEST_FAILS(BrokenMini, SpawnedToASleeperThatDidNotLook,
                 (mini_spawn<env, orders, sleeps_without_recheck, 1>), failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenMini, StolenByASleeperThatDidNotLook,
                 (mini_steal<env, orders, sleeps_without_recheck, 1>), failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenMini, StolenByASleeperThatDidNotLookBiased,
                 (mini_steal<env, orders, biased<sleeps_without_recheck>, 1>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenMini, TakesTheBiasForAnIndex, (mini_steal<env, orders, reads_top_raw>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenMini, StoppedASleeperThatDidNotLook,
                 (mini_stop<env, orders, sleeps_without_recheck>), failure::lost_wakeup);
// (b) A fence that is missing or too weak.
MODEL_TEST_FAILS(BrokenMini, SpawnsWithoutTheLightFence, (mini_spawn<env, orders>),
                 failure::lost_wakeup, {.overrides = {{"EC5", order::none}}});
MODEL_TEST_FAILS(BrokenMini, SleepsWithoutTheHeavyFence, (mini_spawn<env, orders>),
                 failure::lost_wakeup, {.overrides = {{"EC2", order::none}}});
MODEL_TEST_FAILS(BrokenMini, SleepsWithAnOrdinaryFence, (mini_steal<env, orders>),
                 failure::lost_wakeup, {.overrides = {{"EC2", order::seq_cst}}});
MODEL_TEST_FAILS(BrokenMini, SleepsAfterANapWithoutTheHeavyFence,
                 (mini_spawn<env, orders, napping<hurried<>>, 1>), failure::lost_wakeup,
                 {.overrides = {{"EC2", order::none}}});
MODEL_TEST_FAILS(BrokenMini, NapsWithoutEnd, (mini_spawn<env, orders, naps_without_end, 1>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenMini, WaitsInANapWithoutEnd, (mini_wait<env, orders, naps_without_end>),
                 failure::lost_wakeup);
// (c) A task that counts as completed before it has run.
MODEL_TEST_FAILS(BrokenMini, CountsBeforeTheEffects, (mini_wait<env, orders, counts_first>),
                 failure::data_race);
MODEL_TEST_FAILS(BrokenMini, DoesNotCountWhatRanTogether, (mini_wait<env, orders, counts_none>),
                 failure::lost_wakeup);
// (d) A wake-up that is decided on and lost.
MODEL_TEST_FAILS(BrokenMini, LosesTheWakeUp, (mini_spawn<env, orders, loses_tokens, 1>),
                 failure::lost_wakeup);
// The waiter's side.
MODEL_TEST_FAILS(BrokenMini, WaitsWithoutAWish, (mini_wait<env, orders, wishes_in_vain>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenMini, CompletesWithoutRelease, (mini_wait<env, orders>),
                 failure::data_race, {.overrides = {{"RT2", order::relaxed}}});

}  // namespace
}  // namespace wyn::runtime_models
