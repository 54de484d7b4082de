// The producer ring is a queue, as its header says, in every order that happens-before leaves open:
// of clients with two and three items and two or more claims, with growth and without. With a
// mistake of the program, or an order too weak, it is none.
#include "models/checker/gtest.h"
#include "models/injector/broken_rings.h"
#include "models/injector/recorded_ring.h"

namespace wyn::injector_models {
namespace {

using orders = producer_ring_orders;

MODEL_TEST(RingHistory, TwoClaims, (two_claims<orders>), executions(41));
MODEL_TEST(RingHistory, TwoClaimants, (two_claimants<orders>), executions(25));
MODEL_TEST(RingHistory, TwoClaimantsAndGrowth, (two_claimants_and_growth<orders>), executions(851));
MODEL_TEST(RingHistory, ClaimantComesBack, (claimant_comes_back<orders>), executions(889));
MODEL_TEST(RingHistory, FullOrFree, (full_or_free<orders>), executions(87));
MODEL_TEST(RingHistory, ProducerAmongClaimants, (producer_among_claimants<orders>), executions(40));

MODEL_TEST_FAILS(RingHistoryOrders, TailStoredRelaxed, (two_claimants_and_growth<orders>),
                 failure::not_linearizable, {.overrides = {{"PR4", order::relaxed}}});
MODEL_TEST_FAILS(RingHistoryOrders, TailLoadedRelaxed, (two_claimants_and_growth<orders>),
                 failure::not_linearizable, {.overrides = {{"PR6", order::relaxed}}});

// Mistakes of the program, each by the client that shows it; and the same text without a mistake.
template <fault Fault>
using by_claims = two_claims<orders, broken<Fault>>;
template <fault Fault>
using by_growth = two_claimants_and_growth<orders, broken<Fault>>;
template <fault Fault>
using by_room = full_or_free<orders, broken<Fault>>;

MODEL_TEST(RingHistoryMistakes, NoneInTwoClaims, (by_claims<fault::none>), executions(41));
MODEL_TEST_FAILS(RingHistoryMistakes, ALargerBufferThatStartsEmpty, (by_claims<fault::no_copy>),
                 failure::not_linearizable);
MODEL_TEST_FAILS(RingHistoryMistakes, LoadsTheBufferBeforeTheTail,
                 (by_growth<fault::buffer_before_tail>), failure::not_linearizable);
MODEL_TEST_FAILS(RingHistoryMistakes, ReadsSlotsAfterTheClaim, (by_room<fault::slots_after_claim>),
                 failure::not_linearizable);
MODEL_TEST_FAILS(RingHistoryMistakes, OverwritesOneSlotTooMany, (by_room<fault::one_too_many>),
                 failure::not_linearizable);

}  // namespace
}  // namespace wyn::injector_models
