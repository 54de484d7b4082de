// Results and joins under the explorer: golden counts, and each step of the protocol left out.
#include "models/checker/gtest.h"
#include "models/env/env_checker.h"
#include "models/runtime/broken_join.h"
#include "models/runtime/detached.h"
#include "models/runtime/forked_child.h"
#include "models/runtime/join_or_run.h"
#include "models/runtime/joiner_counts_first.h"
#include "models/runtime/model_orders.h"
#include "models/runtime/suspended_join.h"
#include "models/runtime/two_joiners.h"

namespace wyn::runtime_models {
namespace {

using env = env_checker;
using orders = model_orders;
const model::options no_leaks = {.check_leaks = true};

MODEL_TEST(JoinModel, JoinOrRun, (join_or_run<env, orders>), executions(34), no_leaks);
MODEL_TEST(JoinModel, JoinOrRunThrowing, (join_or_run_throwing<env, orders>), executions(34),
           no_leaks);
MODEL_TEST(JoinModel, Detached, (detached<env, orders>), executions(6), no_leaks);
MODEL_TEST(JoinModel, TwoJoiners, (two_joiners<env, orders>), executions(3365));
MODEL_TEST(JoinModel, ForkedChild, (forked_child<env, orders>), executions(11), no_leaks);
MODEL_TEST(JoinModel, JoinerCountsFirst, (joiner_counts_first<env, orders>), executions(3));

MODEL_TEST(JoinModel, SuspendedJoin, (suspended_join<env, orders>), executions(3), no_leaks);

MODEL_TEST_FAILS(BrokenJoin, SuspendsBeforeItStores, (suspended_join<env, orders, suspends_first>),
                 failure::data_race);
MODEL_TEST_FAILS(BrokenJoin, SleepsWithoutALook, (join_or_run<env, orders, sleeps_without_look>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenJoin, SleepsUnannounced, (join_or_run<env, orders, sleeps_unannounced>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenJoin, SleepsBeforeTheClaim,
                 (forked_child<env, orders, sleeps_before_the_claim>), failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenJoin, LooksAfterTheEnd, (forked_child<env, orders, looks_after_the_end>),
                 failure::use_after_free);
MODEL_TEST_FAILS(BrokenJoin, ClaimsInTwoSteps, (join_or_run<env, orders, claims_in_two_steps>),
                 failure::assertion);
MODEL_TEST_FAILS(BrokenJoin, CountsReferencesInTwoSteps,
                 (join_or_run<env, orders, counts_in_two_steps>), failure::leak, no_leaks);
MODEL_TEST_FAILS(BrokenJoin, ClaimsBeforeItCounts,
                 (joiner_counts_first<env, orders, claims_before_it_counts>), failure::data_race);
MODEL_TEST_FAILS(BrokenJoin, AnnouncesWithoutAFence, (two_joiners<env, orders>),
                 failure::lost_wakeup, {.overrides = {{"EC2", order::none}}});

}  // namespace
}  // namespace wyn::runtime_models
