// production.h has the names that checked.h has, and they do the work.
#include "models/check/std/production.h"

#include <gtest/gtest.h>

#include <thread>
#include <type_traits>

namespace {

namespace std_ = wyn::production;

struct two_increments {
  std_::atomic_flag taken;
  std_::atomic<bool> done{false};
  std_::var<int> count = 0;

  void add() {
    while (taken.test_and_set(std_::memory_order_acquire)) std_::pause();
    ++count;
    taken.clear(std_::memory_order_release);
  }
};

TEST(Production, TheLockOfTheExampleRunsOnThreads) {
  two_increments both;
  std::thread other([&] {
    both.add();
    std_::atomic_thread_fence(std_::memory_order_release);
    both.done.store(true, std_::memory_order_relaxed);
  });
  both.add();
  while (!both.done.load(std_::memory_order_acquire)) std_::this_thread::yield();
  std_::require(both.count == 2, "both were in");
  EXPECT_EQ(both.count, 2);
  other.join();
}

TEST(Production, EveryReplacedNameIsThatOfTheStandardLibrary) {
  static_assert(std::is_same_v<std_::atomic_size_t, std::atomic_size_t>);
  static_assert(std::is_same_v<std_::atomic_ref<int>, std::atomic_ref<int>>);
  static_assert(std::is_same_v<std_::mutex, std::mutex>);
  static_assert(std::is_same_v<std_::scoped_lock<std_::mutex>, std::scoped_lock<std::mutex>>);
  static_assert(std::is_same_v<std_::shared_mutex, std::shared_mutex>);
  static_assert(std::is_same_v<std_::condition_variable, std::condition_variable>);
  static_assert(std::is_same_v<std_::jthread, std::jthread>);
  static_assert(std::is_same_v<std_::once_flag, std::once_flag>);
  std_::atomic_int x{1};
  EXPECT_EQ(std_::atomic_fetch_add_explicit(&x, 1, std_::memory_order_relaxed), 1);
}

TEST(Production, EachThreadHasItsOwnValue) {
  std_::thread_local_value<int> value(5);
  std_::thread_local_value<int> another;
  *value = 6;
  int seen = 0;
  std_::thread other([&] { seen = *value; });
  other.join();
  EXPECT_EQ(seen, 5);
  EXPECT_EQ(*value, 6);
  EXPECT_EQ(*another, 0);
}

}  // namespace
