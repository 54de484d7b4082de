// The search by itself: histories written by hand, and random ones against all permutations.
#include "models/checker/linearizability/linearizer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "models/checker/linearizability/specifications/bounded_queue.h"
#include "models/checker/linearizability/specifications/queue.h"
#include "models/checker/linearizability/specifications/register.h"
#include "models/checker/linearizability/specifications/set.h"
#include "models/checker/linearizability/specifications/stack.h"
#include "models/checker/linearizability/specifications/work_stealing_deque.h"

namespace wyn::model {
namespace {

// A history in one global time: operation n is over before operation m begins iff its end lies
// before m's begin. Each operation has a thread of its own, and a thread's events are the moments.
template <class Spec>
class script {
 public:
  template <class Op>
  script& add(int begin, int end, Op op, result_of<Op> value) {
    return add_record(begin, end, operation_record<Op>{op, value});
  }
  template <class Op>
  script& add_pending(int begin, Op op) {
    return add_record(begin, 1000, operation_record<Op>{op, std::nullopt});
  }

  bool accepted() const { return search().accepts(); }
  std::string complaint() const { return search().complaint(); }
  std::string text() const { return search().text(); }

  // The same by trying every order of the operations that have returned.
  bool accepted_by_some_permutation() const {
    const std::vector<operation_set> before = predecessors(intervals());
    std::vector<std::size_t> order(records_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    do {
      Spec state;
      operation_set done = 0;
      bool fits = true;
      for (const std::size_t i : order) {
        const overlap<Spec> nobody(records_, 0, 0);
        fits = (before[i] & ~done) == 0 &&
               std::visit([&](const auto& r) { return detail::takes_effect(state, r, nobody); },
                          records_[i]);
        if (!fits) break;
        done |= operation_set{1} << i;
      }
      if (fits) return true;
    } while (std::next_permutation(order.begin(), order.end()));
    return false;
  }

 private:
  template <class Record>
  script& add_record(int begin, int end, Record r) {
    records_.push_back(r);
    spans_.emplace_back(begin, end);
    return *this;
  }

  std::vector<interval> intervals() const {
    std::vector<interval> list;
    for (std::size_t i = 0; i < spans_.size(); ++i) {
      interval x;
      x.called.thread = x.returned.thread = static_cast<int>(i);
      x.returned.index = 0;
      x.pending = spans_[i].second == 1000;
      for (std::size_t k = 0; k < spans_.size(); ++k) {
        if (spans_[k].second < spans_[i].first) x.called.hb.count[k] = 1;
      }
      list.push_back(x);
    }
    return list;
  }
  linearizer<Spec> search() const { return linearizer<Spec>(records_, intervals()); }

  std::vector<any_record<Spec>> records_;
  std::vector<std::pair<int, int>> spans_;
};

using ints = stack_of<int>;
using fifo = queue_of<int>;
constexpr std::monostate done{};

TEST(Linearizer, AcceptsAnEmptyHistory) { EXPECT_TRUE(script<ints>().accepted()); }

TEST(Linearizer, AcceptsAStackInItsOrder) {
  EXPECT_TRUE(script<ints>()
                  .add(0, 1, ints::push{1}, done)
                  .add(2, 3, ints::push{2}, done)
                  .add(4, 5, ints::pop{}, 2)
                  .add(6, 7, ints::pop{}, 1)
                  .add(8, 9, ints::pop{}, std::nullopt)
                  .accepted());
}

TEST(Linearizer, RefusesAStackOutOfItsOrder) {
  script<ints> s;
  s.add(0, 1, ints::push{1}, done).add(2, 3, ints::push{2}, done).add(4, 5, ints::pop{}, 1);
  EXPECT_FALSE(s.accepted());
}

TEST(Linearizer, OverlapLeavesTheOrderOpen) {
  script<ints> s;
  s.add(0, 3, ints::push{1}, done).add(2, 4, ints::push{2}, done).add(5, 6, ints::pop{}, 1);
  EXPECT_TRUE(s.accepted());
}

TEST(Linearizer, RefusesWhatNoOnePut) {
  script<fifo> s;
  s.add(0, 1, fifo::put{1}, done).add(2, 3, fifo::take{}, 7);
  EXPECT_FALSE(s.accepted());
  EXPECT_EQ(s.complaint(),
            "no order of 2 operations fits the specification: #2 take() = 7 (thread 1) fits "
            "nowhere among the others");
}

TEST(Linearizer, SaysWhichOfTwoTakesTheItemTwice) {
  script<fifo> s;
  s.add(0, 1, fifo::put{1}, done).add(2, 4, fifo::take{}, 1).add(3, 5, fifo::take{}, 1);
  EXPECT_EQ(s.complaint(),
            "no order of 3 operations fits the specification: #2 take() = 1 (thread 1), or #3 "
            "take() = 1 (thread 2) fits nowhere among the others");
  EXPECT_EQ(s.text(),
            "   #1  thread 0  put(1)\n"
            "   #2  thread 1  take() = 1  after #1\n"
            "   #3  thread 2  take() = 1  after #1\n");
}

TEST(Linearizer, SaysHowFarItComesWhenNoSingleOperationIsToBlame) {
  script<fifo> s;
  s.add(0, 1, fifo::take{}, 7).add(2, 3, fifo::take{}, 8);
  EXPECT_EQ(s.complaint(),
            "no order of 2 operations fits the specification: at most 0 of them follow each other");
}

TEST(Linearizer, APendingOperationMayHaveTakenEffect) {
  EXPECT_TRUE(script<fifo>().add_pending(0, fifo::put{1}).add(2, 3, fifo::take{}, 1).accepted());
}

TEST(Linearizer, APendingOperationMayHaveNone) {
  script<fifo> s;
  s.add(0, 1, fifo::put{1}, done).add_pending(2, fifo::take{}).add(3, 4, fifo::take{}, 1);
  EXPECT_TRUE(s.accepted());
}

TEST(Linearizer, APendingOperationHasNoMoreThanOneEffect) {
  script<fifo> s;
  s.add_pending(0, fifo::put{1}).add(2, 3, fifo::take{}, 1).add(4, 5, fifo::take{}, 1);
  EXPECT_FALSE(s.accepted());
}

TEST(Linearizer, KnowsARegister) {
  using cell = register_of<int>;
  script<cell> good;
  good.add(0, 1, cell::write{3}, done)
      .add(2, 3, cell::compare_and_swap{3, 4}, true)
      .add(4, 5, cell::compare_and_swap{3, 5}, false)
      .add(6, 7, cell::read{}, 4);
  EXPECT_TRUE(good.accepted());
  script<cell> stale;
  stale.add(0, 1, cell::write{3}, done).add(2, 3, cell::read{}, 0);
  EXPECT_FALSE(stale.accepted());
}

TEST(Linearizer, KnowsASet) {
  using set = set_of<int>;
  script<set> good;
  good.add(0, 1, set::insert{3}, true)
      .add(2, 3, set::insert{3}, false)
      .add(4, 5, set::contains{3}, true)
      .add(6, 7, set::erase{3}, true)
      .add(8, 9, set::erase{3}, false);
  EXPECT_TRUE(good.accepted());
  script<set> twice;
  twice.add(0, 1, set::insert{3}, true).add(2, 3, set::insert{3}, true);
  EXPECT_FALSE(twice.accepted());
}

TEST(Linearizer, KnowsABoundedQueue) {
  using ring = bounded_queue_of<int, 1>;
  script<ring> good;
  good.add(0, 1, ring::put{3}, true).add(2, 3, ring::put{4}, false).add(4, 5, ring::take{}, 3);
  EXPECT_TRUE(good.accepted());
  script<ring> overfull;
  overfull.add(0, 1, ring::put{3}, true).add(2, 3, ring::put{4}, true);
  EXPECT_FALSE(overfull.accepted());
}

using wsd = work_stealing_deque_of<int>;
using stolen = wsd::stolen;

TEST(Linearizer, ADequeIsLifoForItsOwnerAndFifoForThieves) {
  script<wsd> good;
  good.add(0, 1, wsd::push{1}, true)
      .add(2, 3, wsd::push{2}, true)
      .add(4, 5, wsd::push{3}, true)
      .add(6, 7, wsd::pop{}, 3)
      .add(8, 9, wsd::steal{}, stolen::item(1));
  EXPECT_TRUE(good.accepted());
  script<wsd> newest_stolen;
  newest_stolen.add(0, 1, wsd::push{1}, true)
      .add(2, 3, wsd::push{2}, true)
      .add(4, 5, wsd::steal{}, stolen::item(2));
  EXPECT_FALSE(newest_stolen.accepted());
}

TEST(Linearizer, ARefusedPushChangesNothing) {
  script<wsd> s;
  s.add(0, 1, wsd::push{1}, true).add(2, 3, wsd::push{2}, false).add(4, 5, wsd::pop{}, 1);
  EXPECT_TRUE(s.accepted());
}

TEST(Linearizer, AStealIsLostOnlyToAnotherTaker) {
  script<wsd> alone;
  alone.add(0, 1, wsd::push{1}, true).add(2, 3, wsd::steal{}, stolen::lost());
  EXPECT_FALSE(alone.accepted());
  script<wsd> against_another;
  against_another.add(0, 1, wsd::push{1}, true)
      .add(2, 5, wsd::steal{}, stolen::lost())
      .add(3, 4, wsd::steal{}, stolen::item(1));
  EXPECT_TRUE(against_another.accepted());
  script<wsd> after_another;
  after_another.add(0, 1, wsd::push{1}, true)
      .add(2, 3, wsd::steal{}, stolen::item(1))
      .add(4, 5, wsd::steal{}, stolen::lost());
  EXPECT_FALSE(after_another.accepted());
}

// The owner claims the only item, a thief calls the deque empty, and a later thief gets the item.
template <class Deque>
bool accepts_an_item_given_back(int pop_begins, int pop_ends) {
  script<Deque> s;
  s.add(0, 1, typename Deque::push{1}, true)
      .add(pop_begins, pop_ends, typename Deque::pop{}, std::nullopt)
      .add(3, 4, typename Deque::steal{}, Deque::stolen::empty())
      .add(5, 6, typename Deque::steal{}, Deque::stolen::item(1));
  return s.accepted();
}

TEST(Linearizer, EmptyMeansEmptyUnlessAClaimOfTheLastItemCounts) {
  using lenient = work_stealing_deque_of<int, empty_answer::or_the_last_is_claimed>;
  EXPECT_FALSE(accepts_an_item_given_back<wsd>(2, 8));
  EXPECT_TRUE(accepts_an_item_given_back<lenient>(2, 8));
  EXPECT_FALSE(accepts_an_item_given_back<lenient>(7, 8));
}

TEST(Linearizer, AClaimOfTheLastItemExcusesNoEmptyBesideTwo) {
  using lenient = work_stealing_deque_of<int, empty_answer::or_the_last_is_claimed>;
  script<lenient> s;
  s.add(0, 1, lenient::push{1}, true)
      .add(2, 3, lenient::push{2}, true)
      .add(4, 9, lenient::pop{}, 2)
      .add(5, 6, lenient::steal{}, lenient::stolen::empty())
      .add(7, 8, lenient::steal{}, lenient::stolen::item(1));
  EXPECT_FALSE(s.accepted());
}

TEST(Linearizer, AgreesWithAllPermutationsOnRandomHistories) {
  const std::uint32_t seed = 20260;
  std::mt19937 random(seed);
  int accepted = 0;
  int refused = 0;
  for (int round = 0; round < 3000; ++round) {
    script<ints> s;
    const int operations = 1 + static_cast<int>(random() % 6);
    for (int n = 0; n < operations; ++n) {
      const int begin = static_cast<int>(random() % 12);
      const int end = begin + 1 + static_cast<int>(random() % 8);
      if (random() % 2 == 0) {
        s.add(begin, end, ints::push{static_cast<int>(random() % 3)}, done);
      } else {
        const int found = static_cast<int>(random() % 4);
        s.add(begin, end, ints::pop{}, found == 3 ? std::nullopt : std::optional<int>(found));
      }
    }
    const bool expected = s.accepted_by_some_permutation();
    ASSERT_EQ(s.accepted(), expected) << "seed " << seed << ", round " << round << "\n" << s.text();
    ++(expected ? accepted : refused);
  }
  EXPECT_GT(accepted, 300);
  EXPECT_GT(refused, 300);
}

}  // namespace
}  // namespace wyn::model
