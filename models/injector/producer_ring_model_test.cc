// The producer ring under the explorer: golden counts, each row of its table weakened, and wrong
// orders of steps.
#include "models/checker/gtest.h"
#include "models/env/env_checker.h"
#include "models/injector/batch.h"
#include "models/injector/broken_rings.h"
#include "models/injector/come_back.h"
#include "models/injector/growth.h"
#include "models/injector/growth_two_consumers.h"
#include "models/injector/producer_claims.h"
#include "models/injector/publication.h"
#include "models/injector/sized_claim.h"
#include "models/injector/two_consumers.h"
#include "models/injector/wrap_around.h"

namespace wyn::injector_models {
namespace {

using env = env_checker;
using orders = producer_ring_orders;

MODEL_TEST(ProducerRingModel, Publication, (publication<env, orders>), executions(2));
MODEL_TEST(ProducerRingModel, Batch, (batch<env, orders>), executions(8));
MODEL_TEST(ProducerRingModel, ComeBack, (come_back<env, orders>), executions(2901));
MODEL_TEST(ProducerRingModel, SizedClaim, (sized_claim<env, orders>), executions(55));
MODEL_TEST(ProducerRingModel, TwoConsumers, (two_consumers<env, orders>), executions(119));
MODEL_TEST(ProducerRingModel, ProducerClaims, (producer_claims<env, orders>), executions(10));
MODEL_TEST(ProducerRingModel, WrapAround, (wrap_around<env, orders>), executions(229));
MODEL_TEST(ProducerRingModel, Growth, (growth<env, orders>), executions(113));
MODEL_TEST(ProducerRingModel, GrowthTwoConsumers, (growth_two_consumers<env, orders>),
           executions(70));

// Rows.
MODEL_TEST_FAILS(ProducerRingMutant, TailStoredRelaxed, (publication<env, orders>),
                 failure::assertion, {.overrides = {{"PR4", order::relaxed}}});
MODEL_TEST_FAILS(ProducerRingMutant, TailLoadedRelaxed, (publication<env, orders>),
                 failure::assertion, {.overrides = {{"PR6", order::relaxed}}});
MODEL_TEST_FAILS(ProducerRingMutant, BufferLoadedRelaxed, (growth<env, orders>),
                 failure::data_race, {.overrides = {{"PR7", order::relaxed}}});
MODEL_TEST_FAILS(ProducerRingMutant, BufferStoredRelaxed, (growth<env, orders>),
                 failure::data_race, {.overrides = {{"PR10", order::relaxed}}});

// Rows that are kept against load buffering: RC11 accepts them weaker, and these counts show it.
MODEL_TEST(ProducerRingLoadBuffering, HeadLoadedRelaxedByThePusher, (wrap_around<env, orders>),
           executions(229), {.overrides = {{"PR2", order::relaxed}}});
MODEL_TEST(ProducerRingLoadBuffering, HeadClaimedRelaxed, (wrap_around<env, orders>),
           executions(229), {.overrides = {{"PR9", order::relaxed}}});

// Steps. The first line shows that the class of the broken rings is right but for its fault.
MODEL_TEST(BrokenRing, WithoutAFaultIsTheShippedOne, (growth<env, orders, broken<fault::none>>),
           executions(113));
MODEL_TEST_FAILS(BrokenRing, ReadsSlotsAfterTheClaim,
                 (wrap_around<env, orders, broken<fault::slots_after_claim>>),
                 failure::data_race);
MODEL_TEST_FAILS(BrokenRing, LoadsTheBufferBeforeTheTail,
                 (growth_two_consumers<env, orders, broken<fault::buffer_before_tail>>),
                 failure::assertion);
MODEL_TEST_FAILS(BrokenRing, OverwritesOneSlotTooMany,
                 (wrap_around<env, orders, broken<fault::one_too_many>>), failure::assertion);
MODEL_TEST_FAILS(BrokenRing, GrowsWithoutCopying,
                 (growth_two_consumers<env, orders, broken<fault::no_copy>>), failure::assertion);
MODEL_TEST_FAILS(BrokenRing, GoesByATailFromHearsay,
                 (come_back<env, orders, broken<fault::hearsay>>), failure::assertion);

}  // namespace
}  // namespace wyn::injector_models
