// A runtime in small with two workers and main: every execution, without a bound on preemptions.
// Together these models spawn from main and from within a task, steal, park, wake and wait until
// idle. mini_long_model_test.cc has those that take longest; then come seeded faults.
#include "models/checker/gtest.h"
#include "models/env/env_checker.h"
#include "models/runtime/broken_parts.h"
#include "models/runtime/mini_main_spawns.h"
#include "models/runtime/mini_thread_end.h"
#include "models/runtime/mini_two_spawners.h"
#include "models/runtime/model_orders.h"

namespace wyn::runtime_models {
namespace {

using env = env_checker;
using orders = model_orders;
using over_biased = biased<hurried<>>;

MODEL_TEST(MiniRuntimeWhole, MainSpawns, (mini_main_spawns<env, orders>),
           executions(43664).no_machine_run(168));
MODEL_TEST(MiniRuntimeWhole, MainSpawnsBiased, (mini_main_spawns<env, orders, over_biased>),
           executions(229968).no_machine_run(896));
MODEL_TEST(MiniRuntimeWhole, TwoSpawnersAsleep, (mini_two_spawners_asleep<env, orders>),
           executions(16098));
MODEL_TEST(MiniRuntimeWhole, TwoSpawnersAsleepBiased,
           (mini_two_spawners_asleep<env, orders, over_biased>), executions(13827));

// A sleep without a re-check, and a wake-up that is decided on and lost.
MODEL_TEST_FAILS(BrokenMiniWhole, TwoSpawnersAndASleeperThatDidNotLook,
                 (mini_two_spawners<env, orders, sleeps_without_recheck>), failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenMiniWhole, TwoSpawnersAsleepAndASleeperThatDidNotLook,
                 (mini_two_spawners_asleep<env, orders, sleeps_without_recheck>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenMiniWhole, TwoSpawnersAsleepThatLoseTheWakeUp,
                 (mini_two_spawners_asleep<env, orders, loses_tokens>), failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenMiniWhole, MainSpawnsAndSleepsWithoutALook,
                 (mini_main_spawns<env, orders, sleeps_without_recheck>), failure::lost_wakeup);

// A fence that is missing or too weak.
MODEL_TEST_FAILS(BrokenMiniWhole, TwoSpawnersWithoutTheLightFence, (mini_two_spawners<env, orders>),
                 failure::lost_wakeup, {.overrides = {{"EC5", order::none}}});
MODEL_TEST_FAILS(BrokenMiniWhole, TwoSpawnersAsleepWithoutTheLightFence,
                 (mini_two_spawners_asleep<env, orders>), failure::lost_wakeup,
                 {.overrides = {{"EC5", order::none}}});
MODEL_TEST_FAILS(BrokenMiniWhole, TwoSpawnersAsleepWithAnOrdinaryFence,
                 (mini_two_spawners_asleep<env, orders, over_biased>), failure::lost_wakeup,
                 {.overrides = {{"EC2", order::seq_cst}}});
MODEL_TEST_FAILS(BrokenMiniWhole, MainSpawnsWithoutTheHeavyFence, (mini_main_spawns<env, orders>),
                 failure::lost_wakeup, {.overrides = {{"EC2", order::none}}});
MODEL_TEST_FAILS(BrokenMiniWhole, OneThreadEndsWithoutTheHeavyFence, (mini_thread_end<env, orders>),
                 failure::lost_wakeup, {.overrides = {{"EC2", order::none}}});

// The waiter's side.
MODEL_TEST_FAILS(BrokenMiniWhole, OneThreadEndsWithoutAWish,
                 (mini_thread_end<env, orders, wishes_in_vain>), failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenMiniWhole, MainSpawnsWithoutAWish,
                 (mini_main_spawns<env, orders, wishes_in_vain>), failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenMiniWhole, MainSpawnsWhatCountsBeforeTheEffects,
                 (mini_main_spawns<env, orders, counts_first>), failure::data_race);
MODEL_TEST_FAILS(BrokenMiniWhole, MainSpawnsWhatCompletesWithoutRelease,
                 (mini_main_spawns<env, orders, over_biased>), failure::data_race,
                 {.overrides = {{"RT2", order::relaxed}}});

}  // namespace
}  // namespace wyn::runtime_models
