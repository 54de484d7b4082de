// A wait for a task group is over when all its members have ended, and sees all of them, in every
// order that happens-before leaves open. With a step left out, or an order too weak, it does not.
#include "models/checker/gtest.h"
#include "models/runtime/broken_group.h"
#include "models/runtime/model_orders.h"
#include "models/runtime/recorded_group.h"

namespace wyn::runtime_models {
namespace {

using orders = model_orders;

MODEL_TEST(GroupHistory, TwoMembersEnd, (two_members_end<orders>), executions(131));
MODEL_TEST(GroupHistory, MemberAddsAnother, (member_adds_another<orders>), executions(150));
MODEL_TEST(GroupHistory, WaitedForTwice, (waited_for_twice<orders>), executions(147));

MODEL_TEST_FAILS(GroupHistoryMistakes, EndsBeforeItsEffects,
                 (two_members_end<orders, group_ends_before_effects>), failure::not_linearizable);
MODEL_TEST_FAILS(GroupHistoryMistakes, CountsLate,
                 (member_adds_another<orders, group_counts_late>), failure::not_linearizable);

MODEL_TEST_FAILS(GroupHistoryOrders, EndsWithoutRelease, (two_members_end<orders>),
                 failure::not_linearizable, {.overrides = {{"GC2", order::acquire}}});
MODEL_TEST_FAILS(GroupHistoryOrders, LooksWithoutAcquire, (two_members_end<orders>),
                 failure::not_linearizable, {.overrides = {{"GC3", order::relaxed}}});

}  // namespace
}  // namespace wyn::runtime_models
