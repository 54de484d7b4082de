// The shipped deque is linearizable in both of its formulations, as its header says; with a mistake
// of the program, or an order too weak, it is not.
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>

#include "core/deque/chase_lev_deque.h"
#include "core/deque/deque_orders.h"
#include "models/checker/gtest.h"
#include "models/checker/linearizability/history.h"
#include "models/checker/linearizability/specifications/work_stealing_deque.h"
#include "models/deque/broken_deque.h"
#include "models/deque/workload.h"
#include "models/env/env_checker.h"

namespace wyn::deque_models {
namespace {

using spec = model::work_stealing_deque_of<std::uint64_t>;

// A deque whose operations are written down. Items are numbered from 1.
template <class Orders, class Deque>
class recorded_deque {
 public:
  explicit recorded_deque(std::int64_t capacity) : deque_(capacity, 16) {}

  void push() {
    const std::uint64_t item = ++last_;
    auto op = past_.call(spec::push{item});
    op.returns(deque_.push(item));
  }
  void pop() {
    auto op = past_.call(spec::pop{});
    std::uint64_t item = 0;
    op.returns(deque_.pop(item) ? std::optional<std::uint64_t>(item) : std::nullopt);
  }
  void steal() {
    auto op = past_.call(spec::steal{});
    std::uint64_t item = 0;
    switch (deque_.steal(item)) {
      case steal_result::item: return op.returns(spec::stolen::item(item));
      case steal_result::empty: return op.returns(spec::stolen::empty());
      case steal_result::lost: return op.returns(spec::stolen::lost());
    }
  }

 private:
  typename Deque::template type<std::uint64_t, env_checker, Orders> deque_;
  std::uint64_t last_ = 0;
  model::history<spec> past_;
};

// Two items, two steals by one thief; then what is left is popped.
template <class Orders, class Deque = shipped_deque>
struct two_steals {
  static constexpr int threads = 2;
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
      work.pop();
      work.pop();
    } else {
      work.steal();
      work.steal();
    }
  }
  void after() {
    work.pop();
    work.pop();
  }
  recorded_deque<Orders, Deque> work{2};
};

// Two thieves, and a deque that grows while they steal.
template <class Orders, class Deque = shipped_deque>
struct two_thieves_and_growth {
  static constexpr int threads = 3;
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
      work.pop();
    } else {
      work.steal();
    }
  }
  void after() {
    work.pop();
    work.pop();
  }
  recorded_deque<Orders, Deque> work{1};
};

// The slots are used again while the thief looks at them.
template <class Orders, class Deque = shipped_deque>
struct slots_used_again {
  static constexpr int threads = 2;
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.pop();
      work.push();
      work.pop();
    } else {
      work.steal();
      work.steal();
    }
  }
  void after() { work.pop(); }
  recorded_deque<Orders, Deque> work{1};
};

using fences = deque_fence_orders;
using accesses = deque_seq_cst_orders;

MODEL_TEST(DequeHistoryFences, TwoSteals, (two_steals<fences>), executions(65));
MODEL_TEST(DequeHistoryFences, TwoThievesAndGrowth, (two_thieves_and_growth<fences>),
           executions(229));
MODEL_TEST(DequeHistoryFences, SlotsUsedAgain, (slots_used_again<fences>), executions(158));
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
