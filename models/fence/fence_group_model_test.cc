// The models of core/base/heavy_fence_group.h, each with its exact number of executions; and the
// mistakes that they must see.
#include "models/checker/gtest.h"
#include "models/fence/all_models.h"
#include "models/fence/broken_groups.h"

namespace wyn::fence_models {
namespace {

using orders = heavy_fence_orders;
template <template <class, class, class> class Model, int Patience>
using with = Model<env_checker, orders, shipped<Patience>>;
template <template <class, class, class> class Model, mistake Wrong, int Patience>
using with_mistake = Model<env_checker, orders, broken<Wrong, Patience>>;

MODEL_TEST(FenceGroup, OneAsker, (with<one_asker, patient>), executions(3));
MODEL_TEST(FenceGroup, TwoAskers, (with<two_askers, patient>), executions(452));
MODEL_TEST(FenceGroup, TwoImpatientAskers, (with<two_askers, impatient>), executions(940));
MODEL_TEST(FenceGroup, ThreeAskers, (with<three_askers, patient>), executions(179054));
MODEL_TEST(FenceGroup, StoppedCaller, (with<stopped_caller, impatient>), executions(105640));
MODEL_TEST(FenceGroup, CarriedOver, (with<carried_over, patient>), executions(248));

// On x86, where a light fence is no instruction.
constexpr model::memory_model tso = model::memory_model::tso;
MODEL_TEST(FenceGroupOnX86, OneAsker, (with<one_asker, patient>), executions(3), {.model = tso});
MODEL_TEST(FenceGroupOnX86, TwoAskers, (with<two_askers, patient>), executions(452),
           {.model = tso});
MODEL_TEST(FenceGroupOnX86, TwoImpatientAskers, (with<two_askers, impatient>), executions(934),
           {.model = tso});

// The group of broken_groups.h without a mistake is right: what the models object to is the
// mistake.
MODEL_TEST(FenceGroupControl, TwoAskers, (with_mistake<two_askers, mistake::none, patient>),
           executions(452));
MODEL_TEST(FenceGroupControl, StoppedCaller,
           (with_mistake<stopped_caller, mistake::none, impatient>), executions(105640));

MODEL_TEST_FAILS(FenceGroupMistakes, ARunningCallServesNobody,
                 (with_mistake<two_askers, mistake::joins_running_call, patient>),
                 failure::assertion);
MODEL_TEST_FAILS(FenceGroupMistakes, AnAskerMustBeKnownToTheCaller,
                 (with_mistake<two_askers, mistake::asks_by_a_load, patient>),
                 failure::assertion);
MODEL_TEST_FAILS(FenceGroupMistakes, AStoreBreaksTheReleaseSequence,
                 (with_mistake<three_askers, mistake::ends_by_a_store, patient>),
                 failure::assertion);
MODEL_TEST_FAILS(FenceGroupMistakes, ACallIsEndedOnce,
                 (with_mistake<two_askers, mistake::ends_by_an_addition, impatient>),
                 failure::assertion);
MODEL_TEST_FAILS(FenceGroupMistakes, WhoTakesOverCalls,
                 (with_mistake<stopped_caller, mistake::takes_over_and_does_not_call, impatient>),
                 failure::assertion);

// One call may serve two askers, and two calls may be needed.
TEST(FenceGroupModel, OneCallServesTwoAskersOrEachHasItsOwn) {
  const model::verdict v = model::check<with<two_askers, patient>>();
  EXPECT_EQ(v.kind, model::verdict_kind::pass) << v.report;
  EXPECT_EQ(v.outcomes.size(), 2u) << v.report;
}

}  // namespace
}  // namespace wyn::fence_models
