// The work signal with threads that meet at known points.
#include "core/park/work_signal.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

namespace wyn {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;

using asymmetric = work_signal<env_default, work_signal_asymmetric_orders>;
using symmetric = work_signal<env_default, work_signal_symmetric_orders>;

template <class Signal>
class WorkSignalTest : public testing::Test {};
using both_tables = testing::Types<asymmetric, symmetric>;
TYPED_TEST_SUITE(WorkSignalTest, both_tables);

TYPED_TEST(WorkSignalTest, WorkWithoutSleepersWakesNobody) {
  TypeParam signal;
  signal.work_added();
  EXPECT_EQ(signal.tokens(), 0u);
  EXPECT_EQ(signal.searching(), 0u);
}

TYPED_TEST(WorkSignalTest, ASleepThatFindsWorkDoesNotBlock) {
  TypeParam signal;
  EXPECT_FALSE(signal.sleep([] { return false; }, [] { return true; }));
  EXPECT_EQ(signal.waiters(), 0u);
  EXPECT_EQ(signal.searching(), 1u);
}

TYPED_TEST(WorkSignalTest, WorkAddedDuringTheReCheckIsNotMissed) {
  TypeParam signal;
  EXPECT_TRUE(signal.sleep([] { return false; },
                           [&] {
                             signal.work_added();
                             return false;
                           }));
  EXPECT_EQ(signal.tokens(), 0u);
  EXPECT_EQ(signal.searching(), 1u);
}

TYPED_TEST(WorkSignalTest, ANapEndsByItselfAndLeavesNothingBehind) {
  TypeParam signal;
  EXPECT_FALSE(signal.nap([] { return false; }, [] { return false; }, microseconds(1)));
  EXPECT_EQ(signal.waiters(), 0u);
  EXPECT_EQ(signal.searching(), 1u);
}

TYPED_TEST(WorkSignalTest, ANapThatFindsWorkDoesNotBlock) {
  TypeParam signal;
  EXPECT_TRUE(signal.nap([] { return false; }, [] { return true; }, hours(1)));
  EXPECT_TRUE(signal.nap([] { return true; }, [] { return false; }, hours(1)));
  EXPECT_EQ(signal.waiters(), 0u);
  EXPECT_EQ(signal.searching(), 2u);
}

TYPED_TEST(WorkSignalTest, ANapperIsWokenByWork) {
  TypeParam signal;
  bool in_time = false;
  std::thread napper([&] {
    in_time = signal.nap([] { return false; }, [] { return false; }, hours(1));
    signal.leave_search();
  });
  while (signal.waiters() == 0) std::this_thread::yield();
  signal.work_added();
  napper.join();
  EXPECT_TRUE(in_time);
  EXPECT_EQ(signal.tokens(), 0u);
  EXPECT_EQ(signal.searching(), 0u);
}

TYPED_TEST(WorkSignalTest, ASearcherKeepsProducersFromWaking) {
  TypeParam signal;
  ASSERT_TRUE(signal.try_enter_search(1));
  const auto added = [&] {  // as if by another thread: announced, not asleep
    signal.work_added();
    EXPECT_EQ(signal.tokens(), 0u);
    return true;
  };
  EXPECT_FALSE(signal.sleep(added, [] { return false; }));
  signal.leave_search();
}

// It is the searcher's to find, or to wake another for.
TYPED_TEST(WorkSignalTest, VisibleWorkKeepsNobodyAwakeWhileAnotherSearches) {
  TypeParam signal;
  ASSERT_TRUE(signal.try_enter_search(1));
  bool slept = false;
  std::thread sleeper([&] {
    slept = signal.sleep([] { return false; }, [] { return true; });
    signal.leave_search();
  });
  while (signal.waiters() == 0) std::this_thread::yield();
  signal.found_work([] { return true; });
  sleeper.join();
  EXPECT_TRUE(slept);
  EXPECT_EQ(signal.searching(), 0u);
}

TYPED_TEST(WorkSignalTest, WhatConcernsTheSleeperItselfKeepsItAwakeWhoeverSearches) {
  TypeParam signal;
  ASSERT_TRUE(signal.try_enter_search(1));
  EXPECT_FALSE(signal.sleep([] { return true; }, [] { return false; }));
  EXPECT_EQ(signal.searching(), 2u);
}

TYPED_TEST(WorkSignalTest, ASleeperIsWokenByWork) {
  TypeParam signal;
  std::atomic<bool> work{false};
  std::thread worker([&] {
    const auto some = [&] { return work.load(std::memory_order_acquire); };
    while (!some()) {
      signal.sleep([] { return false; }, some);
      some() ? signal.found_work([] { return false; }) : void(signal.leave_search());
    }
  });
  while (signal.waiters() == 0) std::this_thread::yield();
  work.store(true, std::memory_order_release);
  signal.work_added();
  worker.join();
  EXPECT_EQ(signal.tokens(), 0u);
  EXPECT_EQ(signal.searching(), 0u);
}

TYPED_TEST(WorkSignalTest, OneMoreIsWokenWhoeverSearchesAndBringsItsOwnUnit) {
  TypeParam signal;
  ASSERT_TRUE(signal.try_enter_search(1));
  signal.wake_one_more();  // nobody sleeps
  EXPECT_EQ(signal.searching(), 1u);
  std::thread sleeper([&] { signal.sleep([] { return false; }, [] { return false; }); });
  while (signal.waiters() == 0) std::this_thread::yield();
  signal.wake_one_more();
  sleeper.join();
  EXPECT_EQ(signal.tokens(), 0u);
  EXPECT_EQ(signal.searching(), 2u);
}

// A worker that sleeps until somebody wakes it, and then ends its search.
template <class Signal>
class sleeper {
 public:
  explicit sleeper(Signal& signal)
      : thread_([&signal] {
          signal.sleep([] { return false; }, [] { return false; });
          signal.leave_search();
        }) {
    while (signal.waiters() == 0) std::this_thread::yield();
  }
  void join() { thread_.join(); }

 private:
  std::thread thread_;
};

TYPED_TEST(WorkSignalTest, TheLastSearcherThatLeavesWorkBehindWakesAnother) {
  TypeParam signal;
  sleeper<TypeParam> other(signal);
  ASSERT_TRUE(signal.try_enter_search(1));
  signal.found_work([] { return true; });
  other.join();
  EXPECT_EQ(signal.searching(), 0u);
}

TYPED_TEST(WorkSignalTest, TheLastSearcherWakesAnotherForAProducerThatReliesOnIt) {
  TypeParam signal;
  sleeper<TypeParam> other(signal);
  ASSERT_TRUE(signal.try_enter_search(1));
  signal.work_added();
  signal.found_work([] { return false; });
  other.join();
  EXPECT_EQ(signal.searching(), 0u);
}

TYPED_TEST(WorkSignalTest, ASearcherThatTookTheOnlyTaskWakesNobody) {
  TypeParam signal;
  sleeper<TypeParam> other(signal);
  ASSERT_TRUE(signal.try_enter_search(1));
  signal.found_work([] { return false; });
  EXPECT_EQ(signal.searching(), 0u);
  EXPECT_EQ(signal.tokens(), 0u);
  EXPECT_EQ(signal.waiters(), 1u);
  signal.wake_one();
  other.join();
}

// Behind a fence: a nap sees to nothing.
TYPED_TEST(WorkSignalTest, ARequestLastsUntilASleeperHasLooked) {
  TypeParam signal;
  sleeper<TypeParam> other(signal);
  ASSERT_TRUE(signal.try_enter_search(1));
  signal.work_added();
  ASSERT_TRUE(signal.leave_search());
  EXPECT_TRUE(signal.nap([] { return true; }, [] { return false; }, hours(1)));
  ASSERT_TRUE(signal.leave_search());
  std::thread looks([&] {
    signal.sleep([] { return false; }, [] { return false; }, true);
    EXPECT_FALSE(signal.leave_search());
  });
  while (signal.waiters() < 2) std::this_thread::yield();
  signal.wake_all();
  looks.join();
  other.join();
  ASSERT_TRUE(signal.try_enter_search(1));
  EXPECT_FALSE(signal.leave_search());
}

TYPED_TEST(WorkSignalTest, WakeAllEndsEverySleep) {
  TypeParam signal;
  std::atomic<bool> stop{false};
  std::vector<std::thread> workers;
  for (int i = 0; i < 4; ++i) {
    workers.emplace_back([&] {
      const auto stopped = [&] { return stop.load(std::memory_order_acquire); };
      while (!stopped()) {
        signal.sleep(stopped, [] { return false; });
        signal.leave_search();
      }
    });
  }
  while (signal.waiters() != 4) std::this_thread::yield();
  stop.store(true, std::memory_order_release);
  signal.wake_all();
  for (auto& worker : workers) worker.join();
  EXPECT_EQ(signal.waiters(), 0u);
  EXPECT_EQ(signal.tokens(), 0u);
  EXPECT_EQ(signal.searching(), 0u);
}

}  // namespace
}  // namespace wyn
