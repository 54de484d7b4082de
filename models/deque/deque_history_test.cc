// The shipped deque is linearizable in both of its formulations, as its header says; with a mistake
// of the program, or an order too weak, it is not.
#include <gtest/gtest.h>

#include "core/deque/deque_orders.h"
#include "models/checker/gtest.h"
#include "models/deque/broken_deque.h"
#include "models/deque/recorded_deque.h"

namespace wyn::deque_models {
namespace {

using fences = deque_fence_orders;
using accesses = deque_seq_cst_orders;

MODEL_TEST(DequeHistoryFences, TwoSteals, (two_steals<fences>), executions(65));
MODEL_TEST(DequeHistoryFences, TwoThievesAndGrowth, (two_thieves_and_growth<fences>),
           executions(229));
MODEL_TEST(DequeHistoryFences, SlotsUsedAgain, (slots_used_again<fences>), executions(158));
MODEL_TEST(DequeHistoryFences, OwnerAtBothEnds, (owner_at_both_ends<fences>), executions(156));
MODEL_TEST(DequeHistoryFences, TwoThievesInTurn, (two_thieves_in_turn<fences>), executions(94));
MODEL_TEST(DequeHistorySeqCst, OwnerAtBothEnds, (owner_at_both_ends<accesses>), executions(152));
MODEL_TEST(DequeHistorySeqCst, TwoThievesInTurn, (two_thieves_in_turn<accesses>), executions(94));
MODEL_TEST(DequeHistorySeqCst, TwoSteals, (two_steals<accesses>), executions(65));
MODEL_TEST(DequeHistorySeqCst, TwoThievesAndGrowth, (two_thieves_and_growth<accesses>),
           executions(219));
MODEL_TEST(DequeHistorySeqCst, SlotsUsedAgain, (slots_used_again<accesses>), executions(154));

MODEL_TEST_FAILS(DequeHistoryOrders, PopWithoutItsFence, (two_steals<fences>),
                 failure::not_linearizable, {.overrides = {{"DF7", order::acq_rel}}});
MODEL_TEST_FAILS(DequeHistoryOrders, StealWithoutItsFence, (two_steals<fences>),
                 failure::not_linearizable, {.overrides = {{"DF11", order::acq_rel}}});
MODEL_TEST_FAILS(DequeHistoryOrders, AWeakClaim, (two_steals<accesses>),
                 failure::not_linearizable, {.overrides = {{"DS14", order::acq_rel}}});

// Mistakes of the program, each by the client that shows it; and the same text without a mistake.
template <mistake Mistake>
using by_steals = two_steals<fences, deque_with<Mistake>>;
template <mistake Mistake>
using by_growth = two_thieves_and_growth<fences, deque_with<Mistake>>;
template <mistake Mistake>
using by_reuse = slots_used_again<fences, deque_with<Mistake>>;

MODEL_TEST(DequeHistoryMistakes, NoneInTwoSteals, (by_steals<mistake::none>), executions(90));
MODEL_TEST_FAILS(DequeHistoryMistakes, BottomBeforeTop, (by_steals<mistake::bottom_before_top>),
                 failure::not_linearizable);
MODEL_TEST_FAILS(DequeHistoryMistakes, LastWithoutCas, (by_steals<mistake::last_without_cas>),
                 failure::not_linearizable);
MODEL_TEST_FAILS(DequeHistoryMistakes, OldBufferAfterGrowth,
                 (by_growth<mistake::old_buffer_after_growth>), failure::not_linearizable);
MODEL_TEST_FAILS(DequeHistoryMistakes, SlotReadAfterCas,
                 (by_reuse<mistake::slot_read_after_cas>), failure::not_linearizable);
MODEL_TEST_FAILS(DequeHistoryMistakes, OneSlotTooMany, (by_growth<mistake::one_slot_too_many>),
                 failure::not_linearizable);

}  // namespace
}  // namespace wyn::deque_models
