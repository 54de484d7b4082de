// The event count under the explorer: golden counts, and each row of its tables weakened.
#include "models/checker/gtest.h"
#include "models/env/env_checker.h"
#include "models/park/everybody_wakes.h"
#include "models/park/one_sleeper.h"
#include "models/park/two_sleepers.h"

namespace wyn::park_models {
namespace {

using asymmetric = event_count_asymmetric_orders;
using symmetric = event_count_symmetric_orders;

MODEL_TEST(EventCountModel, OneSleeper, (one_sleeper<env_checker, asymmetric>), executions(6));
MODEL_TEST(EventCountModel, OneSleeperSymmetric, (one_sleeper<env_checker, symmetric>),
           executions(6));
MODEL_TEST(EventCountModel, TwoSleepers, (two_sleepers<env_checker, asymmetric>), executions(6790));
MODEL_TEST(EventCountModel, TwoSleepersSymmetric, (two_sleepers<env_checker, symmetric>),
           executions(6790));
// As GenMC counts, which lets a failed compare-exchange acquire: proofs/litmus/README.md.
MODEL_TEST(EventCountModel, TwoSleepersWhoseFailuresAcquire, (two_sleepers<env_checker, symmetric>),
           executions(6716), {.overrides = {{"W3", order::acquire, order::acquire}}});
MODEL_TEST(EventCountModel, EverybodyWakes, (everybody_wakes<env_checker, asymmetric>),
           executions(121));
MODEL_TEST(EventCountModel, EverybodyWakesSymmetric, (everybody_wakes<env_checker, symmetric>),
           executions(121));

// The item brings its payload, plain data, by its own accesses: weaker ones race.
MODEL_TEST_FAILS(EventCountModel, APutWithoutReleaseRaces, (one_sleeper<env_checker, asymmetric>),
                 failure::data_race, {.overrides = {{"W1", order::relaxed}}});
MODEL_TEST_FAILS(EventCountModel, ATakeWithoutAcquireRaces, (one_sleeper<env_checker, asymmetric>),
                 failure::data_race, {.overrides = {{"W3", order::relaxed}}});

// On x86, where a light fence is no instruction.
constexpr model::memory_model tso = model::memory_model::tso;
MODEL_TEST(EventCountOnX86, OneSleeper, (one_sleeper<env_checker, asymmetric>), executions(6),
           {.model = tso});
MODEL_TEST(EventCountOnX86, EverybodyWakes, (everybody_wakes<env_checker, asymmetric>),
           executions(121), {.model = tso});
MODEL_TEST(EventCountOnX86, EverybodyWakesSymmetric, (everybody_wakes<env_checker, symmetric>),
           executions(121), {.model = tso});
MODEL_TEST_FAILS(EventCountOnX86, SleeperWithOrdinaryFence, (one_sleeper<env_checker, asymmetric>),
                 failure::lost_wakeup, {.model = tso, .overrides = {{"EC2", order::seq_cst}}});
MODEL_TEST(EventCountOnX86, ProducerWithoutFenceIsRight, (one_sleeper<env_checker, asymmetric>),
           executions(6), {.model = tso, .overrides = {{"EC5", order::none}}});

// Each fence one step weaker.
MODEL_TEST_FAILS(EventCountMutant, SleeperWithoutFence, (one_sleeper<env_checker, asymmetric>),
                 failure::lost_wakeup, {.overrides = {{"EC2", order::none}}});
MODEL_TEST_FAILS(EventCountMutant, SleeperWithOrdinaryFence, (one_sleeper<env_checker, asymmetric>),
                 failure::lost_wakeup, {.overrides = {{"EC2", order::seq_cst}}});
MODEL_TEST_FAILS(EventCountMutant, SleeperWithLightFence, (one_sleeper<env_checker, asymmetric>),
                 failure::lost_wakeup, {.overrides = {{"EC2", order::light}}});
MODEL_TEST_FAILS(EventCountMutant, ProducerWithoutFence, (one_sleeper<env_checker, asymmetric>),
                 failure::lost_wakeup, {.overrides = {{"EC5", order::none}}});
MODEL_TEST_FAILS(EventCountMutant, SymmetricSleeperWithAcqRelFence,
                 (one_sleeper<env_checker, symmetric>), failure::lost_wakeup,
                 {.overrides = {{"EC2s", order::acq_rel}}});
MODEL_TEST_FAILS(EventCountMutant, SymmetricProducerWithAcqRelFence,
                 (one_sleeper<env_checker, symmetric>), failure::lost_wakeup,
                 {.overrides = {{"EC5s", order::acq_rel}}});
MODEL_TEST_FAILS(EventCountMutant, TwoSleepersAndAnOrdinaryFence,
                 (two_sleepers<env_checker, asymmetric>), failure::lost_wakeup,
                 {.overrides = {{"EC2", order::seq_cst}}});
MODEL_TEST_FAILS(EventCountMutant, EverybodyAndAnOrdinaryFence,
                 (everybody_wakes<env_checker, asymmetric>), failure::lost_wakeup,
                 {.overrides = {{"EC2", order::seq_cst}}});

// The two tables may not be mixed: a light fence wants a heavy one on the other side.
struct mixed_orders : event_count_symmetric_orders {
  static constexpr site<"EC5 notify.fence", order::light> notify_fence{};
};
MODEL_TEST_FAILS(EventCountMutant, LightProducerAgainstSymmetricSleeper,
                 (one_sleeper<env_checker, mixed_orders>), failure::lost_wakeup);

}  // namespace
}  // namespace wyn::park_models
