// Histories of whole models: right objects pass, wrong ones fail with a history that says why.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <optional>

#include "core/base/site.h"
#include "models/check/std/as_std.h"
#include "models/check/std/with_new.h"
#include "models/checker/gtest.h"
#include "models/checker/linearizability/history.h"
#include "models/checker/linearizability/specifications/queue.h"
#include "models/checker/linearizability/specifications/register.h"
#include "models/checker/linearizability/specifications/stack.h"
#include "models/env/env_checker.h"

namespace {

namespace checked {
namespace std = wyn::as_std;
#include "examples/checker/textbook/michael_scott_queue.h"
}  // namespace checked

using namespace wyn;  // NOLINT: the sites and models of a test
using wyn::model::history;
using wyn::model::queue_of;
using wyn::model::register_of;
using wyn::model::stack_of;

template <class T>
using atomic = env_checker::atomic<T>;

constexpr site<"load_head", order::acquire> load_head{};
constexpr site<"store_next", order::relaxed> store_next{};
constexpr site<"load_next", order::relaxed> load_next{};
constexpr site<"cas_head", order::acq_rel> cas_head{};
constexpr site<"exchange_head", order::acq_rel> exchange_head{};

// Treiber's stack of numbered cells; each cell is pushed once. In the broken one a push publishes
// its cell before it has linked it.
template <bool LinkedLate>
class cell_stack {
 public:
  void push(int cell) {
    if constexpr (LinkedLate) {
      const int below = head_.exchange(cell, exchange_head);
      next_[cell].store(below, store_next);
    } else {
      int below = head_.load(load_head);
      do {
        next_[cell].store(below, store_next);
      } while (!head_.compare_exchange(below, cell, cas_head));
    }
  }
  std::optional<int> pop() {
    int cell = head_.load(load_head);
    while (cell != 0) {
      const int below = next_[cell].load(load_next);
      if (head_.compare_exchange(cell, below, cas_head)) return cell;
    }
    return std::nullopt;
  }

 private:
  atomic<int> head_{0};
  atomic<int> next_[4];
};

template <bool LinkedLate>
struct stack_client {
  static constexpr int threads = 2;
  using spec = stack_of<int>;

  void push(int cell) {
    auto op = past.call(spec::push{cell});
    stack.push(cell);
    op.returns();
  }
  void pop() {
    auto op = past.call(spec::pop{});
    op.returns(stack.pop());
  }
  void thread(int id) {
    if (id == 0) {
      push(1);
      push(2);
    } else {
      pop();
      push(3);
      pop();
    }
  }
  void after() {
    for (int i = 0; i < 3; ++i) pop();
  }

  cell_stack<LinkedLate> stack;
  history<spec> past;
};

MODEL_TEST(HistoryTreiberStack, IsLinearizable, (stack_client<false>), executions(62));
MODEL_TEST_FAILS(HistoryTreiberStack, LinkedAfterPublicationIsNot, (stack_client<true>),
                 failure::not_linearizable);

// The same stack, whose answers are swapped between its two cells.
struct swapped_answers {
  static constexpr int threads = 1;
  using spec = stack_of<int>;
  void thread(int) {
    for (int cell = 1; cell <= 2; ++cell) {
      auto op = past.call(spec::push{cell});
      stack.push(cell);
      op.returns();
    }
    auto op = past.call(spec::pop{});
    op.returns(3 - *stack.pop());
  }
  cell_stack<false> stack;
  history<spec> past;
};

TEST(History, AReportShowsItAndSaysWhatFitsNowhere) {
  const wyn::model::verdict v = wyn::model::check<swapped_answers>();
  EXPECT_EQ(v.kind, wyn::model::verdict_kind::fail);
  EXPECT_EQ(v.message.substr(0, v.message.find('\n')),
            "not linearizable: no order of 3 operations fits the specification: #2 push(2) (thread "
            "0), or #3 pop() = 1 (thread 0) fits nowhere among the others");
  EXPECT_NE(v.report.find("\n   #1  thread 0  push(1)\n"
                          "   #2  thread 0  push(2)\n"
                          "   #3  thread 0  pop() = 1\n"),
            std::string::npos)
      << v.report;
}

// Two messages through a queue that knows nothing of the explorer.
struct queue_client {
  static constexpr int threads = 2;
  using spec = queue_of<int>;

  void put(int v) {
    auto op = past.call(spec::put{v});
    queue.enqueue(&items[v]);
    op.returns();
  }
  void take() {
    auto op = past.call(spec::take{});
    const auto* item = static_cast<const int*>(queue.dequeue());
    op.returns(item == nullptr ? std::nullopt : std::optional<int>(*item));
  }
  void thread(int id) {
    if (id == 0) {
      put(1);
      put(2);
    } else {
      put(3);
      take();
    }
  }
  void after() {
    for (int i = 0; i < 3; ++i) take();
  }

  checked::michael_scott_queue queue;
  int items[4] = {0, 1, 2, 3};
  history<spec> past;
};

MODEL_TEST(HistoryMichaelScottQueue, IsLinearizable, (wyn::check::with_new<queue_client>),
           executions(162), {.check_leaks = true});

constexpr site<"add_tail", order::acq_rel> add_tail{};
constexpr site<"store_slot", order::release> store_slot{};
constexpr site<"load_slot", order::acquire> load_slot{};

// Tickets for slots: a taker that finds the next slot unfilled calls the queue empty, although a
// later slot may be full for long.
class ticket_queue {
 public:
  void put(int v) { slots_[tail_.fetch_add(1, add_tail)].store(v, store_slot); }
  std::optional<int> take() {
    int first = head_.load(load_head);
    for (;;) {
      const int v = slots_[first].load(load_slot);
      if (v == 0) return std::nullopt;
      if (head_.compare_exchange(first, first + 1, cas_head)) return v;
    }
  }

 private:
  atomic<int> tail_{0};
  atomic<int> head_{0};
  atomic<int> slots_[4];
};

struct ticket_client {
  static constexpr int threads = 2;
  using spec = queue_of<int>;
  void put(int v) {
    auto op = past.call(spec::put{v});
    queue.put(v);
    op.returns();
  }
  void thread(int id) {
    put(id + 1);
    if (id == 0) return;
    auto op = past.call(spec::take{});
    op.returns(queue.take());
  }
  ticket_queue queue;
  history<spec> past;
};

MODEL_TEST_FAILS(HistoryTicketQueue, EmptyBesideAFullSlotIsNotLinearizable, (ticket_client),
                 failure::not_linearizable);

constexpr site<"load_cell", order::relaxed> load_cell{};
constexpr site<"store_cell", order::relaxed> store_cell{};
constexpr site<"store_flag", order::release> store_flag{};
constexpr site<"load_flag", order::acquire> load_flag{};

// Writes and reads of a relaxed cell; with a flag between them when `Ordered`.
template <bool Ordered>
struct cell_client {
  static constexpr int threads = 2;
  using spec = register_of<int>;
  void thread(int id) {
    if (id == 0) {
      auto op = past.call(spec::write{1});
      cell.store(1, store_cell);
      op.returns();
      flag.store(1, store_flag);
    } else {
      const bool seen = flag.load(load_flag) == 1;
      if (Ordered != seen) return;
      auto op = past.call(spec::read{});
      const int value = cell.load(load_cell);
      op.returns(Ordered ? 0 * value : value);
    }
  }
  atomic<int> cell{0};
  atomic<int> flag{0};
  history<spec> past;
};

MODEL_TEST(HistoryOrder, WithoutSynchronisationAStaleReadIsInOrder, (cell_client<false>),
           executions(3));
MODEL_TEST_FAILS(HistoryOrder, SynchronisationPutsTheWriteBeforeTheRead, (cell_client<true>),
                 failure::not_linearizable);

// The flag is the operation's own last store: whoever reads it may still be ahead of the return.
struct told_before_the_return {
  static constexpr int threads = 2;
  using spec = register_of<int>;
  void thread(int id) {
    if (id == 0) {
      auto op = past.call(spec::write{1});
      flag.store(1, store_flag);
      op.returns();
    } else if (flag.load(load_flag) == 1) {
      auto op = past.call(spec::read{});
      op.returns(0);
    }
  }
  atomic<int> flag{0};
  history<spec> past;
};

MODEL_TEST(HistoryOrder, AnOperationThatHasNotReturnedPrecedesNothing, (told_before_the_return),
           executions(2));

// An operation that never returns, by a thread that ends before.
template <bool Answered>
struct never_returns {
  static constexpr int threads = 1;
  using spec = queue_of<int>;
  void before() {
    auto op = past.call(spec::put{1});
    op.returns();
  }
  void thread(int) {
    auto op = past.call(spec::take{});
    if (Answered) op.returns(1);
  }
  void after() {
    auto op = past.call(spec::take{});
    op.returns(1);
  }
  history<spec> past;
};

MODEL_TEST(HistoryPending, MayHaveHadNoEffect, (never_returns<false>), executions(1));
MODEL_TEST_FAILS(HistoryPending, AnAnsweredOneHasHadIt, (never_returns<true>),
                 failure::not_linearizable);

struct returns_twice {
  static constexpr int threads = 1;
  void thread(int) {
    auto op = past.call(queue_of<int>::put{1});
    op.returns();
    op.returns();
  }
  history<queue_of<int>> past;
};

MODEL_TEST_FAILS(HistoryMisuse, TwoReturns, (returns_twice), failure::assertion);

struct too_many_operations {
  static constexpr int threads = 1;
  void thread(int) {
    for (int i = 0; i <= wyn::model::max_operations; ++i) {
      past.call(register_of<int>::write{i}).returns();
    }
  }
  history<register_of<int>> past;
};

TEST(HistoryMisuse, MoreOperationsThanItHoldsAreAModelError) {
  const wyn::model::verdict v = wyn::model::check<too_many_operations>();
  EXPECT_EQ(v.kind, wyn::model::verdict_kind::model_error);
  EXPECT_EQ(v.message, "a history has room for 64 operations in one execution");
}

}  // namespace
