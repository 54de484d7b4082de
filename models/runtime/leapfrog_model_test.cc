// Leapfrogging under the explorer: golden counts, and each step left out.
#include "models/checker/gtest.h"
#include "models/env/env_checker.h"
#include "models/runtime/broken_theft.h"
#include "models/runtime/leapfrog.h"
#include "models/runtime/model_orders.h"

namespace wyn::runtime_models {
namespace {

using env = env_checker;
using orders = model_orders;

MODEL_TEST(LeapfrogModel, Group, (leapfrog_group<env, orders>), executions(72));
MODEL_TEST(LeapfrogModel, Biased, (leapfrog_biased<env, orders>), executions(411));
MODEL_TEST(LeapfrogModel, TwoThieves, (leapfrog_two_thieves<env, orders>), executions(360));
MODEL_TEST(LeapfrogModel, Fork, (leapfrog_fork<env, orders>), executions(38));
MODEL_TEST(LeapfrogModel, Nested, (leapfrog_nested<env, orders>), executions(17));
MODEL_TEST(LeapfrogModel, Spawned, (leapfrog_spawned<env, orders>), executions(21));

MODEL_TEST_FAILS(BrokenTheft, StealsAnything, (leapfrog_spawned<env, orders, steals_anything>),
                 failure::assertion);
MODEL_TEST_FAILS(BrokenTheft, StealsUnlooked, (leapfrog_group<env, orders, steals_unlooked>),
                 failure::assertion);
MODEL_TEST_FAILS(BrokenTheft, LooksTooSoon, (leapfrog_group<env, orders, looks_too_soon>),
                 failure::assertion);
MODEL_TEST_FAILS(BrokenTheft, LooksTooSoonAtABiasedDeque,
                 (leapfrog_biased<env, orders, looks_too_soon>), failure::assertion);
MODEL_TEST_FAILS(BrokenTheft, LooksTooSoonAtAFork, (leapfrog_fork<env, orders, looks_too_soon>),
                 failure::assertion);
MODEL_TEST_FAILS(BrokenTheft, NeverLowers, (leapfrog_group<env, orders, never_lowers>),
                 failure::assertion);
MODEL_TEST_FAILS(BrokenTheft, NeverLowersOneOfTwo,
                 (leapfrog_two_thieves<env, orders, never_lowers>), failure::assertion);
MODEL_TEST_FAILS(BrokenTheft, RaisesOverOthers, (leapfrog_nested<env, orders, raises_over_others>),
                 failure::assertion);
MODEL_TEST_FAILS(BrokenTheft, StaysMarked, (leapfrog_nested<env, orders, stays_marked>),
                 failure::assertion);

}  // namespace
}  // namespace wyn::runtime_models
