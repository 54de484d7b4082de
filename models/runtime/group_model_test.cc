// Task groups under the explorer: golden counts, and each step of the protocol left out.
#include "models/checker/gtest.h"
#include "models/env/env_checker.h"
#include "models/runtime/broken_group.h"
#include "models/runtime/group_again.h"
#include "models/runtime/group_cancel.h"
#include "models/runtime/group_coroutine.h"
#include "models/runtime/group_errors.h"
#include "models/runtime/group_grows.h"
#include "models/runtime/group_helper.h"
#include "models/runtime/group_inside.h"
#include "models/runtime/group_join.h"
#include "models/runtime/model_orders.h"

namespace wyn::runtime_models {
namespace {

using env = env_checker;
using orders = model_orders;
const model::options no_leaks = {.check_leaks = true};

MODEL_TEST(GroupModel, Join, (group_join<env, orders>), executions(56), no_leaks);
MODEL_TEST(GroupModel, Grows, (group_grows<env, orders>), executions(150), no_leaks);
MODEL_TEST(GroupModel, Again, (group_again<env, orders>), executions(147), no_leaks);
MODEL_TEST(GroupModel, Inside, (group_inside<env, orders>), executions(28), no_leaks);
MODEL_TEST(GroupModel, Helper, (group_helper<env, orders>), executions(8), no_leaks);
MODEL_TEST(GroupModel, Coroutine, (group_coroutine<env, orders>), executions(22), no_leaks);
MODEL_TEST(GroupModel, Cancel, (group_cancel<env, orders>), executions(2));
MODEL_TEST(GroupModel, Errors, (group_errors<env, orders>), executions(20), no_leaks);

MODEL_TEST_FAILS(BrokenGroup, SleepsWithoutALook,
                 (group_join<env, orders, group_sleeps_without_look>), failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenGroup, SleepsUnannounced,
                 (group_join<env, orders, group_sleeps_unannounced>), failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenGroup, IgnoresMembersFromOutside,
                 (group_inside<env, orders, group_ignores_outside>), failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenGroup, AddsFromOutsideSilently,
                 (group_inside<env, orders, group_adds_silently>), failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenGroup, EndsBeforeItsEffects,
                 (group_join<env, orders, group_ends_before_effects>), failure::data_race);
MODEL_TEST_FAILS(BrokenGroup, LooksAfterTheEnd,
                 (group_join<env, orders, group_looks_after_the_end>), failure::use_after_free);
MODEL_TEST_FAILS(BrokenGroup, CountsLate, (group_grows<env, orders, group_counts_late>),
                 failure::use_after_free);
MODEL_TEST_FAILS(BrokenGroup, WakesTheWrongOnes,
                 (group_helper<env, orders, group_wakes_the_wrong_ones>), failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenGroup, AnnouncesWithoutAFence, (group_join<env, orders>),
                 failure::lost_wakeup, {.overrides = {{"EC2", order::none}}});

}  // namespace
}  // namespace wyn::runtime_models
