// Coroutines as tasks, through their public face.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "core/coro/sync_wait.h"
#include "core/coro/when_all.h"

namespace {

wyn::task<long> fib(int n) {
  if (n < 2) co_return n;
  auto [a, b] = co_await wyn::when_all(fib(n - 1), fib(n - 2));
  co_return a + b;
}

wyn::task<int> constant(int v) { co_return v; }

wyn::task<int> throws(std::string what) {
  throw std::runtime_error(what);
  co_return 0;
}

wyn::task<void> count(std::atomic<int>& n) {
  n.fetch_add(1);
  co_return;
}

std::string message_of(wyn::runtime& rt, wyn::task<int> t) {
  try {
    wyn::sync_wait(rt, std::move(t));
  } catch (const std::runtime_error& e) {
    return e.what();
  }
  return "nothing was thrown";
}

class CoroAtWorkers : public ::testing::TestWithParam<unsigned> {
 protected:
  wyn::runtime rt{{.workers = GetParam()}};
};

// Members are stolen, end on other threads than they began on, and resume each other there.
TEST_P(CoroAtWorkers, StolenMembersResumeTheirParents) {
  const auto spin_then = [](int v) -> wyn::task<int> {
    for (int i = 0; i < 2000; ++i) std::atomic_signal_fence(std::memory_order_seq_cst);
    co_return v;
  };
  const auto three = [&](int v) -> wyn::task<int> {
    auto [a, b, c] = co_await wyn::when_all(spin_then(v), spin_then(2 * v), spin_then(3 * v));
    co_return a + b + c;
  };
  const auto wide = [&](int n) -> wyn::task<long> {
    std::vector<wyn::task<int>> tasks;
    for (int i = 0; i < n; ++i) tasks.push_back(three(i));
    long sum = 0;
    for (const int v : co_await wyn::when_all(std::move(tasks))) sum += v;
    co_return sum;
  };
  for (int round = 0; round < 20; ++round) ASSERT_EQ(wyn::sync_wait(rt, wide(100)), 6 * 4950);
}

TEST_P(CoroAtWorkers, ForksAndJoins) { EXPECT_EQ(wyn::sync_wait(rt, fib(18)), 2584); }

TEST_P(CoroAtWorkers, ReturnsValuesOfEveryKind) {
  const auto text = []() -> wyn::task<std::string> { co_return std::string(100, 'x'); };
  const auto owner = []() -> wyn::task<std::unique_ptr<int>> {
    co_return std::make_unique<int>(7);
  };
  const auto nothing = []() -> wyn::task<void> { co_return; };
  EXPECT_EQ(wyn::sync_wait(rt, text()), std::string(100, 'x'));
  EXPECT_EQ(*wyn::sync_wait(rt, owner()), 7);
  wyn::sync_wait(rt, nothing());
}

TEST_P(CoroAtWorkers, WhenAllKeepsTheOrderAndTypesOfItsMembers) {
  const auto mixed = []() -> wyn::task<int> {
    const auto text = []() -> wyn::task<std::string> { co_return "four"; };
    const auto nothing = []() -> wyn::task<void> { co_return; };
    auto [a, b, c, d] = co_await wyn::when_all(constant(1), text(), nothing(), constant(3));
    static_assert(std::is_same_v<decltype(c), std::monostate>);
    co_return a + static_cast<int>(b.size()) + d;
  };
  EXPECT_EQ(wyn::sync_wait(rt, mixed()), 8);
}

TEST_P(CoroAtWorkers, WhenAllOfAVectorGivesAllResultsInOrder) {
  const auto many = [](int n) -> wyn::task<std::vector<int>> {
    std::vector<wyn::task<int>> tasks;
    for (int i = 0; i < n; ++i) tasks.push_back(constant(i));
    co_return co_await wyn::when_all(std::move(tasks));
  };
  for (const int n : {0, 1, 2, 1000}) {
    std::vector<int> expected(static_cast<std::size_t>(n));
    std::iota(expected.begin(), expected.end(), 0);
    EXPECT_EQ(wyn::sync_wait(rt, many(n)), expected);
  }
}

TEST_P(CoroAtWorkers, AnExceptionTravelsThroughEveryAwait) {
  const auto outer = []() -> wyn::task<int> { co_return co_await throws("deep"); };
  EXPECT_EQ(message_of(rt, outer()), "deep");
}

TEST_P(CoroAtWorkers, OfSeveralExceptionsTheLeftmostLeaves) {
  const auto both = []() -> wyn::task<int> {
    auto [a, b, c] = co_await wyn::when_all(constant(1), throws("second"), throws("third"));
    co_return a + b + c;
  };
  for (int i = 0; i < 50; ++i) EXPECT_EQ(message_of(rt, both()), "second");
}

// Whoever has run before a member that fails, on the same thread, is not forgotten.
TEST_P(CoroAtWorkers, MembersThatFailAmongOthersLoseNobody) {
  const auto ends = [](std::atomic<int>& n, bool fails) -> wyn::task<void> {
    n.fetch_add(1);
    if (fails) throw std::runtime_error("a member");
    co_return;
  };
  for (int fails_from = 0; fails_from < 7; ++fails_from) {
    std::atomic<int> ended{0};
    const auto all = [&]() -> wyn::task<int> {
      std::vector<wyn::task<void>> tasks;
      for (int i = 0; i < 6; ++i) tasks.push_back(ends(ended, i >= fails_from && i % 2 == 0));
      co_await wyn::when_all(std::move(tasks));
      co_return 0;
    };
    EXPECT_EQ(message_of(rt, all()), fails_from < 5 ? "a member" : "nothing was thrown");
    EXPECT_EQ(ended.load(), 6);
  }
}

TEST_P(CoroAtWorkers, AllMembersEndBeforeAnExceptionLeaves) {
  std::atomic<int> ended{0};
  const auto group = [&]() -> wyn::task<int> {
    co_await wyn::when_all(throws("first"), count(ended), count(ended));
    co_return 0;
  };
  EXPECT_EQ(message_of(rt, group()), "first");
  EXPECT_EQ(ended.load(), 2);
}

TEST_P(CoroAtWorkers, ASpawnedCoroutineRunsBeforeTheRuntimeIsIdle) {
  std::atomic<int> n{0};
  const auto nested = [](std::atomic<int>& n) -> wyn::task<void> {
    co_await wyn::when_all(count(n), count(n));
    co_await count(n);
  };
  for (int i = 0; i < 100; ++i) wyn::spawn(rt, nested(n));
  rt.wait_idle();
  EXPECT_EQ(n.load(), 300);
}

TEST_P(CoroAtWorkers, WhatACoroutineHoldsIsGoneWhenTheRuntimeIsIdle) {
  const auto held = std::make_shared<int>(1);
  const auto holder = [](std::shared_ptr<int> p) -> wyn::task<void> {
    *p += 1;
    co_return;
  };
  for (int i = 0; i < 100; ++i) {
    wyn::spawn(rt, holder(held));
    rt.wait_idle();
    ASSERT_EQ(held.use_count(), 1);
  }
}

TEST_P(CoroAtWorkers, AFrameGoesWhenItsResultHasBeenTaken) {
  const auto held = std::make_shared<int>(1);
  const auto count_of = [](std::shared_ptr<int> p) -> wyn::task<long> { co_return p.use_count(); };
  const auto text_of = [](int n) -> wyn::task<std::string> {
    co_return std::string(static_cast<std::size_t>(n), 'x');
  };
  const auto outer = [&]() -> wyn::task<void> {
    // Each within one full expression.
    const bool alone = co_await count_of(held) == 2 && held.use_count() == 1;
    EXPECT_TRUE(alone);
    const auto both = std::pair(co_await wyn::when_all(count_of(held), text_of(100)),
                                held.use_count());
    EXPECT_EQ(both.second, 1);
    EXPECT_EQ(std::get<1>(both.first), std::string(100, 'x'));
  };
  wyn::sync_wait(rt, outer());
}

// The result is there already when a local object's destructor throws.
TEST_P(CoroAtWorkers, AnExceptionAfterTheResultTakesItsPlace) {
  struct throws_at_end {
    ~throws_at_end() noexcept(false) { throw std::runtime_error("at the end"); }
  };
  const auto late = [](bool& ended) -> wyn::task<std::shared_ptr<bool>> {
    const throws_at_end local;
    co_return std::shared_ptr<bool>(&ended, [](bool* e) { *e = true; });
  };
  bool ended = false;
  std::string text;
  try {
    wyn::sync_wait(rt, late(ended));
  } catch (const std::runtime_error& e) {
    text = e.what();
  }
  EXPECT_EQ(text, "at the end");
  EXPECT_TRUE(ended);
}

TEST_P(CoroAtWorkers, ATaskMayBeAwaitedInsideAnOrdinaryTasksRuntime) {
  std::atomic<int> n{0};
  rt.spawn([&] { wyn::spawn(count(n)); });
  rt.wait_idle();
  EXPECT_EQ(n.load(), 1);
}

TEST_P(CoroAtWorkers, SeveralThreadsMayWaitAtOnce) {
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int r = 0; r < 20; ++r) right += wyn::sync_wait(rt, fib(12)) == 144;
    });
  }
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(right.load(), 80);
}

TEST_P(CoroAtWorkers, SyncWaitInsideATaskIsRefusedWithAdvice) {
  std::string text;
  const auto inside = [&]() -> wyn::task<void> {
    try {
      wyn::sync_wait(rt, constant(1));
    } catch (const std::logic_error& e) {
      text = e.what();
    }
    co_return;
  };
  wyn::sync_wait(rt, inside());
  EXPECT_NE(text.find("co_await"), std::string::npos) << text;
}

TEST_P(CoroAtWorkers, AfterShutdownCoroutinesAreRefused) {
  std::atomic<int> n{0};
  rt.shutdown();
  EXPECT_THROW(wyn::sync_wait(rt, constant(1)), wyn::spawn_error);
  EXPECT_THROW(wyn::spawn(rt, count(n)), wyn::spawn_error);
  EXPECT_EQ(n.load(), 0);
}

TEST_P(CoroAtWorkers, LongChainsOfAwaitsNeedNoStack) {
  const auto chain = [](int n) -> wyn::task<long> {
    long sum = 0;
    for (int i = 0; i < n; ++i) sum += co_await constant(1);
    co_return sum;
  };
  // Instrumented builds make a call of every transfer: there the chain is kept to what a stack
  // holds.
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
  constexpr int length = 1000;
#else
  constexpr int length = 300'000;
#endif
  EXPECT_EQ(wyn::sync_wait(rt, chain(length)), length);
}

INSTANTIATE_TEST_SUITE_P(Workers, CoroAtWorkers, ::testing::Values(0U, 1U, 3U));

TEST(CoroTask, ATaskThatIsNeverAwaitedNeverRuns) {
  bool ran = false;
  {
    const auto t = [](bool& ran) -> wyn::task<void> {
      ran = true;
      co_return;
    }(ran);
    EXPECT_TRUE(t.valid());
  }
  EXPECT_FALSE(ran);
}

TEST(CoroTask, AMovedFromTaskIsInvalid) {
  wyn::task<int> a = constant(1);
  const wyn::task<int> b = std::move(a);
  EXPECT_FALSE(a.valid());
  EXPECT_TRUE(b.valid());
}

TEST(CoroTaskDeathTest, AwaitingATaskThatWasMovedFromIsRefused) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  wyn::runtime rt{{.workers = 0}};
  wyn::task<int> a = constant(1);
  const wyn::task<int> b = std::move(a);
  EXPECT_DEATH(wyn::sync_wait(rt, std::move(a)), "without a coroutine");
}

TEST(CoroTaskDeathTest, AwaitingATaskTwiceIsRefused) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto twice = []() -> wyn::task<int> {
    wyn::task<int> a = constant(1);
    const int first = co_await std::move(a);
    co_return first + co_await std::move(a);
  };
  wyn::runtime rt{{.workers = 0}};
  EXPECT_DEATH(wyn::sync_wait(rt, twice()), "awaited before");
}

TEST(CoroTaskDeathTest, AwaitingAFailedTaskAgainIsRefused) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto twice = []() -> wyn::task<void> {
    wyn::task<int> a = []() -> wyn::task<int> {
      throw std::runtime_error("no luck");
      co_return 1;
    }();
    for (int i = 0; i < 2; ++i) {
      try {
        co_await std::move(a);
      } catch (const std::runtime_error&) {
      }
    }
  };
  wyn::runtime rt{{.workers = 0}};
  EXPECT_DEATH(wyn::sync_wait(rt, twice()), "awaited before");
}

TEST(CoroTaskDeathTest, AnExceptionOfADetachedCoroutineEndsTheProcessWithItsText) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        wyn::runtime rt{{.workers = 0}};
        wyn::spawn(rt, []() -> wyn::task<void> {
          throw std::runtime_error("lost");
          co_return;
        }());
        rt.wait_idle();
      },
      "lost");
}

TEST(CoroWhenAll, OutsideOfARuntimeItThrows) {
  // Begun by hand: no runtime is there.
  std::string text;
  const auto t = [&]() -> wyn::task<void> {
    try {
      co_await wyn::when_all(constant(1), constant(2));
    } catch (const std::logic_error& e) {
      text = e.what();
    }
  };
  const wyn::task<void> outside = t();
  outside.promise().after = wyn::detail::sequel::resume(std::noop_coroutine());
  outside.promise().handle().resume();
  EXPECT_NE(text.find("sync_wait"), std::string::npos) << text;
}

TEST(CoroWhenAll, MembersRunInlineWhenTheQueueIsFull) {
  wyn::runtime rt{{.workers = 0, .max_queued = 2, .on_full = wyn::full_policy::run_inline}};
  std::atomic<int> n{0};
  const auto many = [&]() -> wyn::task<void> {
    std::vector<wyn::task<void>> tasks;
    for (int i = 0; i < 50; ++i) tasks.push_back(count(n));
    co_await wyn::when_all(std::move(tasks));
  };
  wyn::sync_wait(rt, many());
  EXPECT_EQ(n.load(), 50);
}

TEST(CoroWhenAll, PairsRunInlineWhenTheQueueIsFull) {
  wyn::runtime rt{{.workers = 0, .max_queued = 2, .on_full = wyn::full_policy::run_inline}};
  EXPECT_EQ(wyn::sync_wait(rt, fib(12)), 144);
}

TEST(CoroWhenAll, MembersThatFailRunInlineWhenTheQueueIsFull) {
  wyn::runtime rt{{.workers = 0, .max_queued = 2, .on_full = wyn::full_policy::run_inline}};
  const auto many = [&]() -> wyn::task<int> {
    std::vector<wyn::task<int>> tasks;
    for (int i = 0; i < 50; ++i) {
      tasks.push_back(i % 3 == 1 ? throws("member " + std::to_string(i)) : constant(i));
    }
    co_await wyn::when_all(std::move(tasks));
    co_return 0;
  };
  EXPECT_EQ(message_of(rt, many()), "member 1");
}

}  // namespace
