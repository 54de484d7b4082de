// task_handle: results and exceptions of one task, joined from anywhere.
#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

TEST(HandleGet, ReturnsTheResult) {
  for (const unsigned workers : {0u, 1u, 2u}) {
    runtime rt(with_workers(workers));
    task_handle<int> h = rt.submit([] { return 42; });
    EXPECT_TRUE(h.valid());
    EXPECT_EQ(h.get(), 42);
    EXPECT_FALSE(h.valid());
  }
}

TEST(HandleGet, OfATaskWithoutResultReturns) {
  std::atomic<bool> ran{false};
  runtime rt(with_workers(1));
  task_handle<void> h = rt.submit([&] { ran = true; });
  h.get();
  EXPECT_TRUE(ran);
}

TEST(HandleGet, MovesAMoveOnlyResultOut) {
  runtime rt(with_workers(1));
  auto h = rt.submit([p = std::make_unique<int>(7)]() mutable { return std::move(p); });
  EXPECT_EQ(*h.get(), 7);
}

TEST(HandleGet, OfALargeResultAndClosureReturnsAllOfIt) {
  runtime rt(with_workers(1));
  std::array<int, 1000> in{};
  for (int i = 0; i < 1000; ++i) in[static_cast<std::size_t>(i)] = i * i;
  auto h = rt.submit([in] { return in; });
  EXPECT_EQ(h.get(), in);
}

TEST(HandleGet, OfAnOverAlignedResultKeepsTheAlignment) {
  struct alignas(256) wide {
    std::uintptr_t own_address;
  };
  runtime rt(with_workers(1));
  auto h = rt.submit([] { return wide{1}; });
  EXPECT_EQ(h.get().own_address, 1u);
}

struct odd_error {
  int code;
};

TEST(HandleGet, RethrowsTheExceptionWithItsType) {
  for (const unsigned workers : {0u, 2u}) {
    runtime rt(with_workers(workers));
    auto standard = rt.submit([]() -> int { throw std::out_of_range("the text"); });
    auto odd = rt.submit([] { throw odd_error{5}; });
    try {
      standard.get();
      FAIL() << "no exception";
    } catch (const std::out_of_range& e) {
      EXPECT_STREQ(e.what(), "the text");
    }
    try {
      odd.get();
      FAIL() << "no exception";
    } catch (const odd_error& e) {
      EXPECT_EQ(e.code, 5);
    }
    EXPECT_FALSE(odd.valid());
    rt.wait_idle();
  }
}

TEST(HandleJoin, DoesNotThrowWhatTheTaskThrew) {
  runtime rt(with_workers(1));
  auto h = rt.submit([]() -> int { throw odd_error{1}; });
  h.join();
  EXPECT_TRUE(h.ready());
  h.join();
  EXPECT_THROW(h.get(), odd_error);
}

TEST(HandleReady, TurnsTrueWhenTheTaskIsDoneAndNotBefore) {
  std::atomic<bool> go{false};
  runtime rt(with_workers(1));
  auto h = rt.submit([&] { spin_until_set(go); return 1; });
  EXPECT_FALSE(h.ready());
  go = true;
  spin_until([&] { return h.ready(); });
  EXPECT_EQ(h.get(), 1);
}

TEST(HandleReady, IsFalseForATaskThatNobodyRan) {
  runtime rt(with_workers(0));
  auto h = rt.submit([] {});
  EXPECT_FALSE(h.ready());
  rt.wait_idle();
  EXPECT_TRUE(h.ready());
}

TEST(HandleMove, LeavesTheSourceInvalidAndDropsTheTarget) {
  runtime rt(with_workers(0));
  auto a = rt.submit([] { return 1; });
  auto b = rt.submit([] { return 2; });
  b = std::move(a);
  EXPECT_FALSE(a.valid());
  EXPECT_EQ(b.get(), 1);
  task_handle<int> empty;
  EXPECT_FALSE(empty.valid());
  empty = rt.submit([] { return 3; });
  task_handle<int> moved(std::move(empty));
  EXPECT_EQ(moved.get(), 3);
  rt.wait_idle();
}

TEST(HandleDetach, LetsTheTaskRunAllTheSame) {
  std::atomic<int> runs{0};
  for (const unsigned workers : {0u, 1u}) {
    runtime rt(with_workers(workers));
    auto h = rt.submit([&] { return runs.fetch_add(1); });
    h.detach();
    EXPECT_FALSE(h.valid());
    { auto dropped = rt.submit([&] { return runs.fetch_add(1); }); }
    rt.wait_idle();
  }
  EXPECT_EQ(runs, 4);
}

TEST(HandleDetach, DropsAnExceptionTogetherWithTheResult) {
  runtime rt(with_workers(1));
  rt.submit([] { throw odd_error{1}; }).detach();
  rt.wait_idle();
}

template <std::size_t Padding>
void expect_results_destroyed_once() {
  counted::reset();
  {
    runtime rt(with_workers(1));
    for (int i = 0; i < 300; ++i) {
      std::array<char, Padding> pad{};
      const auto work = [c = counted(), pad] {
        static_cast<void>(pad);
        return counted();
      };
      auto joined = rt.submit(work);
      auto consumed = rt.submit(work);
      auto dropped_early = rt.submit(work);
      dropped_early.detach();
      joined.join();
      const counted result = consumed.get();
      EXPECT_GE(counted::alive, 1);
    }
    rt.wait_idle();
  }
  EXPECT_EQ(counted::alive, 0) << "results with closures of " << Padding << " bytes";
}

TEST(HandleResult, AndClosureAreDestroyedExactlyOnce) {
  expect_results_destroyed_once<1>();
  expect_results_destroyed_once<1000>();
}

TEST(HandleResult, OfADroppedHandleIsDestroyedBeforeAndAfterCompletion) {
  counted::reset();
  runtime rt(with_workers(1));
  std::atomic<bool> go{false};
  {
    auto before = rt.submit([&] { spin_until_set(go); return counted(); });
  }
  go = true;
  rt.wait_idle();
  EXPECT_EQ(counted::alive, 0);
  {
    auto after = rt.submit([] { return counted(); });
    after.join();
    rt.wait_idle();
    EXPECT_EQ(counted::alive, 1);
  }
  EXPECT_EQ(counted::alive, 0);
}

TEST(HandleStaleEntry, OfAJoinedTaskIsSkippedByWhoeverFindsIt) {
  const std::size_t n = scaled(20'000);
  marks m(n);
  for (const unsigned workers : {0u, 2u}) {
    marks here(n);
    runtime rt(with_workers(workers));
    std::vector<task_handle<std::size_t>> handles;
    for (std::size_t i = 0; i < n; ++i) {
      handles.push_back(rt.submit([&here, i] { here.hit(i); return i; }));
    }
    // Newest first: with a queue that is first in, first out the joiner is ahead of the workers.
    for (std::size_t i = n; i-- > 0;) ASSERT_EQ(handles[i].get(), i);
    rt.wait_idle();
    EXPECT_TRUE(here.each_hit());
  }
}

std::size_t join_tree(runtime& rt, int depth) {
  if (depth == 0) return 1;
  auto left = rt.submit([&rt, depth] { return join_tree(rt, depth - 1); });
  const std::size_t right = join_tree(rt, depth - 1);
  return left.get() + right;
}

TEST(HandleNested, JoinsInsideTasks) {
  for (const unsigned workers : {0u, 1u, 2u, 4u}) {
    runtime rt(with_workers(workers));
    constexpr int depth = slowdown > 1 ? 9 : 13;
    auto h = rt.submit([&] { return join_tree(rt, depth); });
    EXPECT_EQ(h.get(), std::size_t{1} << depth);
  }
}

struct chain {
  runtime& rt;
  std::vector<task_handle<int>>& handles;
  // Task i joins task i-1, which was spawned before it.
  int run(std::size_t i) { return i == 0 ? 1 : handles[i - 1].get() + 1; }
};

TEST(HandleNested, AChainOfTasksEachJoiningTheOneBeforeIt) {
  for (const unsigned workers : {0u, 1u, 2u}) {
    constexpr int length = slowdown > 1 ? 500 : 10'000;
    runtime rt(with_workers(workers));
    std::vector<task_handle<int>> handles;
    handles.reserve(length);
    chain c{rt, handles};
    std::atomic<bool> complete{false};
    for (std::size_t i = 0; i < length; ++i) {
      handles.push_back(rt.submit([&c, &complete, i] {
        spin_until([&] { return complete || c.rt.workers() == 0; });
        return c.run(i);
      }));
    }
    complete = true;
    EXPECT_EQ(handles.back().get(), length);
  }
}

// The deadlock of joins that run whatever they find (rayon issue 592): a task joins while it holds
// a lock, and another task wants that lock.
TEST(HandleJoinUnderALock, RunsTheTaskItWaitsForAndNothingElse) {
  for (const unsigned workers : {0u, 1u, 2u}) {
    runtime rt(with_workers(workers));
    std::mutex lock;  // locking it twice in one thread would hang
    int sum = 0;
    for (int i = 0; i < 200; ++i) {
      rt.spawn([&] {
        std::lock_guard guard(lock);
        for (int k = 0; k < 3; ++k) {
          rt.spawn([&] {
            std::lock_guard inner(lock);
            ++sum;
          });
        }
        auto h = rt.submit([] { return 10; });
        sum += h.get();
      });
    }
    rt.wait_idle();
    EXPECT_EQ(sum, 200 * 13);
  }
}

TEST(HandleJoin, OfAnUnstartedTaskRunsItInTheCaller) {
  runtime rt(with_workers(0));
  std::thread::id ran_by;
  std::atomic<bool> other_ran{false};
  rt.spawn([&] { other_ran = true; });
  auto h = rt.submit([&] { ran_by = std::this_thread::get_id(); });
  rt.spawn([&] { other_ran = true; });
  h.join();
  EXPECT_EQ(ran_by, std::this_thread::get_id());
  EXPECT_FALSE(other_ran);
  rt.wait_idle();
  EXPECT_TRUE(other_ran);
}

TEST(HandleJoin, WaitsForATaskThatAnotherThreadRuns) {
  options o = with_workers(1);
  for (const unsigned search_us : {0u, 20u}) {
    o.search_us = search_us;
    runtime rt(o);
    for (int round = 0; round < 200; ++round) {
      std::atomic<bool> begun{false};
      std::atomic<bool> go{false};
      int plain = 0;
      auto h = rt.submit([&] {
        begun = true;
        spin_until_set(go);
        plain = 1;
      });
      spin_until_set(begun);
      std::thread opener([&] { go = true; });
      h.join();
      EXPECT_EQ(plain, 1);
      opener.join();
    }
  }
}

TEST(HandleJoin, FromAThreadThatHasNeverSpawned) {
  runtime rt(with_workers(1));
  auto h = rt.submit([] { return 5; });
  int seen = 0;
  std::thread([&] { seen = h.get(); }).join();
  EXPECT_EQ(seen, 5);
  rt.wait_idle();
}

TEST(HandleJoin, OfAQueuedTaskDuringShutdownReturnsTheResult) {
  for (int round = 0; round < 50; ++round) {
    runtime rt(with_workers(0));
    std::atomic<bool> draining{false};
    std::atomic<bool> joiner_at_it{false};
    // With no workers the draining thread runs its newest task first: the others wait meanwhile.
    auto h = rt.submit([] { return std::string("the result of a task that was queued"); });
    rt.spawn([&] {
      draining = true;
      spin_until_set(joiner_at_it);
      for (int i = 0; i < 1000; ++i) std::this_thread::yield();
    });
    std::string seen;
    std::thread joiner([&] {
      spin_until_set(draining);
      joiner_at_it = true;
      seen = h.get();
    });
    rt.shutdown();
    joiner.join();
    ASSERT_EQ(seen, "the result of a task that was queued");
  }
}

TEST(HandleJoin, AfterShutdownReturnsTheResult) {
  runtime rt(with_workers(1));
  auto h = rt.submit([] { return 9; });
  rt.shutdown();
  EXPECT_EQ(h.get(), 9);
}

using HandleDeathTest = ::testing::Test;

TEST(HandleDeathTest, GetTwiceDiesWithAMessage) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_DEATH(
      {
        runtime rt(with_workers(0));
        auto h = rt.submit([] { return 1; });
        h.get();
        h.get();
      },
      "wyn: a task_handle without a task");
}

TEST(HandleDeathTest, UseOfAMovedFromHandleDiesWithAMessage) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_DEATH(
      {
        runtime rt(with_workers(0));
        auto h = rt.submit([] { return 1; });
        auto moved = std::move(h);
        h.join();
      },
      "moved from");
  EXPECT_DEATH(static_cast<void>(task_handle<int>().ready()), "wyn: a task_handle without a task");
}

TEST(HandleDeathTest, AHandleThatOutlivesItsRuntimeIsReported) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_DEATH(
      {
        task_handle<int> h;
        runtime rt(with_workers(1));
        h = rt.submit([] { return 1; });
      },
      "a task_handle outlives its runtime");
}

}  // namespace
}  // namespace wyn::tests
