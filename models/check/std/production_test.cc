// production.h has the names that checked.h has, and they do the work.
#include "models/check/std/production.h"

#include <gtest/gtest.h>

#include <thread>

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

}  // namespace
