// production.h has the names that checked.h has, and they do the work.
#include "models/check/std/production.h"

#include <gtest/gtest.h>

#include <thread>

namespace {

namespace sync = wyn::production;

struct two_increments {
  sync::atomic_flag taken;
  sync::atomic<bool> done{false};
  sync::var<int> count = 0;

  void add() {
    while (taken.test_and_set(sync::memory_order_acquire)) sync::pause();
    ++count;
    taken.clear(sync::memory_order_release);
  }
};

TEST(Production, TheLockOfTheExampleRunsOnThreads) {
  two_increments both;
  std::thread other([&] {
    both.add();
    sync::atomic_thread_fence(sync::memory_order_release);
    both.done.store(true, sync::memory_order_relaxed);
  });
  both.add();
  while (!both.done.load(sync::memory_order_acquire)) sync::this_thread::yield();
  sync::require(both.count == 2, "both were in");
  EXPECT_EQ(both.count, 2);
  other.join();
}

}  // namespace
