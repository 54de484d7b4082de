// How many calls the combined heavy fences make, over an environment that counts them.
#include "core/base/heavy_fence_group.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "core/base/env_std.h"

namespace wyn {
namespace {

std::atomic<int> calls{0};
std::atomic<int> waiters{0};          // threads that have paused
std::atomic<int> waiters_wanted{0};   // the first call does not end before that
std::atomic<int> pauses{0};
thread_local bool has_paused = false;

// A call that counts, and of which the first takes until `waiters_wanted` threads wait for it.
struct env_counted : env_std {
  template <class Site>
  static void fence(Site) noexcept {
    if constexpr (Site::success != order::heavy) return;
    if (calls.fetch_add(1) != 0) return;
    while (waiters.load() < waiters_wanted.load()) std::this_thread::yield();
  }
  static void pause() noexcept {
    ++pauses;
    if (!has_paused) ++waiters;
    has_paused = true;
    std::this_thread::yield();
  }
};

template <int Patience>
struct group_with_stops : heavy_fence_group<env_counted, heavy_fence_orders, Patience> {
  void begin_and_stop() {
    std::uint64_t seen = this->calls_.load(heavy_fence_orders::group_look);
    ASSERT_TRUE(
        this->calls_.compare_exchange(seen, seen + 1, heavy_fence_orders::group_begin));
  }
};

class HeavyFenceGroup : public testing::Test {
 protected:
  void SetUp() override {
    calls = waiters = waiters_wanted = pauses = 0;
    has_paused = false;
  }
};

TEST_F(HeavyFenceGroup, OneThreadMakesACallForEachFence) {
  group_with_stops<256> group;
  for (int i = 0; i < 5; ++i) group.fence();
  EXPECT_EQ(calls, 5);
  EXPECT_EQ(group.calls(), 5u);
  EXPECT_EQ(pauses, 0);
}

TEST_F(HeavyFenceGroup, AllWhoAskWhileACallRunsAreServedByTheNext) {
  constexpr int askers = 4;
  waiters_wanted = askers;
  group_with_stops<1'000'000'000> group;
  std::thread first([&] { group.fence(); });
  while (calls == 0) std::this_thread::yield();
  std::vector<std::thread> others;
  for (int i = 0; i < askers; ++i) others.emplace_back([&] { group.fence(); });
  first.join();
  for (std::thread& t : others) t.join();
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(group.calls(), 2u);
}

TEST_F(HeavyFenceGroup, WhoseCallerHasStoppedHelpsItselfAndEndsTheCall) {
  group_with_stops<3> group;
  group.begin_and_stop();
  group.fence();
  EXPECT_EQ(calls, 1);
  EXPECT_GT(pauses, 0);
  EXPECT_EQ(group.calls(), 1u);
  pauses = 0;
  group.fence();
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(pauses, 0);  // nobody is waited for a second time
}

}  // namespace
}  // namespace wyn
