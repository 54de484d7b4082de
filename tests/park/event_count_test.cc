// The event count with threads that meet at known points: what is counted, who returns, and when.
#include "core/park/event_count.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>
#include <vector>

namespace wyn {
namespace {

using asymmetric = event_count<env_default, event_count_asymmetric_orders>;
using symmetric = event_count<env_default, event_count_symmetric_orders>;

template <class EventCount>
class EventCountTest : public testing::Test {};
using both_tables = testing::Types<asymmetric, symmetric>;
TYPED_TEST_SUITE(EventCountTest, both_tables);

/// Waits on `events` until `condition()`; how a client uses the event count.
template <class EventCount, class Condition>
void await(EventCount& events, Condition condition) {
  while (!condition()) {
    const auto ticket = events.prepare_wait();
    if (condition()) {
      events.cancel_wait();
    } else {
      events.commit_wait(ticket);
    }
  }
}

template <class EventCount>
void until_waiters_are(EventCount& events, std::uint32_t n) {
  while (events.waiters() != n) std::this_thread::yield();
}

TEST(EventCountTestSetUp, RunsWithoutMembarrierWhenAskedTo) {
  if (std::getenv("WYN_NO_MEMBARRIER") == nullptr) GTEST_SKIP() << "membarrier is not forbidden";
  EXPECT_FALSE(asymmetric_fences_available());
}

TYPED_TEST(EventCountTest, CountsTheAnnounced) {
  TypeParam events;
  EXPECT_EQ(events.waiters(), 0u);
  events.prepare_wait();
  events.prepare_wait();
  EXPECT_EQ(events.waiters(), 2u);
  EXPECT_EQ(events.settled_waiters(), 2u);
  events.cancel_wait();
  EXPECT_EQ(events.waiters(), 1u);
  events.cancel_wait();
  EXPECT_EQ(events.waiters(), 0u);
  EXPECT_EQ(events.settled_waiters(), 0u);
}

TYPED_TEST(EventCountTest, StaysAnnouncedWhenTheTimeOfAWaitHasPassed) {
  TypeParam events;
  const auto ticket = events.prepare_wait();
  EXPECT_FALSE(events.commit_wait_for(ticket, std::chrono::microseconds(100)));
  EXPECT_FALSE(events.commit_wait_for(ticket, std::chrono::nanoseconds(0)));
  EXPECT_EQ(events.waiters(), 1u);
  events.notify_one();
  EXPECT_TRUE(events.commit_wait_for(ticket, std::chrono::hours(1)));
  EXPECT_EQ(events.waiters(), 0u);
}

TYPED_TEST(EventCountTest, WakesWhoWaitsForALimitedTime) {
  TypeParam events;
  std::thread waiter([&] {
    const auto ticket = events.prepare_wait();
    EXPECT_TRUE(events.commit_wait_for(ticket, std::chrono::hours(1)));
  });
  until_waiters_are(events, 1);
  events.notify_all();
  waiter.join();
  EXPECT_EQ(events.waiters(), 0u);
}

TYPED_TEST(EventCountTest, LeavesTheEpochAloneWhenNobodyWaits) {
  TypeParam events;
  events.notify_one();
  events.notify_all();
  EXPECT_EQ(events.prepare_wait(), 0u);
  events.cancel_wait();
}

TYPED_TEST(EventCountTest, DoesNotBlockOnATicketThatWasNotified) {
  TypeParam events;
  const auto ticket = events.prepare_wait();
  events.notify_one();
  events.commit_wait(ticket);
  EXPECT_EQ(events.waiters(), 0u);
}

TYPED_TEST(EventCountTest, GivesANewTicketAfterEachNotification) {
  TypeParam events;
  const auto first = events.prepare_wait();
  events.notify_all();
  const auto second = events.prepare_wait();
  EXPECT_EQ(second, first + 1);
  events.commit_wait(first);
  events.cancel_wait();
}

TYPED_TEST(EventCountTest, TellsWhetherThereWasAWaiter) {
  TypeParam events;
  EXPECT_FALSE(events.notify_one_slow());
  EXPECT_FALSE(events.notify_all_slow());
  events.prepare_wait();
  EXPECT_TRUE(events.notify_one_slow());
  EXPECT_TRUE(events.notify_all_slow());
  events.cancel_wait();
  EXPECT_FALSE(events.notify_one_slow());
}

TYPED_TEST(EventCountTest, NotifyOneWakesABlockedThread) {
  TypeParam events;
  std::atomic<bool> ready{false};
  std::thread sleeper(
      [&] { await(events, [&] { return ready.load(std::memory_order_acquire); }); });
  until_waiters_are(events, 1);
  ready.store(true, std::memory_order_release);
  events.notify_one();
  sleeper.join();
  EXPECT_EQ(events.waiters(), 0u);
}

TYPED_TEST(EventCountTest, NotifyAllWakesEveryBlockedThread) {
  TypeParam events;
  std::atomic<bool> ready{false};
  std::vector<std::thread> sleepers;
  for (int i = 0; i < 8; ++i) {
    sleepers.emplace_back(
        [&] { await(events, [&] { return ready.load(std::memory_order_acquire); }); });
  }
  until_waiters_are(events, 8);
  ready.store(true, std::memory_order_release);
  events.notify_all();
  for (auto& sleeper : sleepers) sleeper.join();
  EXPECT_EQ(events.waiters(), 0u);
}

TYPED_TEST(EventCountTest, TakesTheCallersOwnFence) {
  TypeParam events;
  std::atomic<int> seats{0};
  std::vector<std::thread> sleepers;
  for (int i = 0; i < 2; ++i) {
    sleepers.emplace_back(
        [&] { await(events, [&] { return seats.load(std::memory_order_acquire) != 0; }); });
  }
  until_waiters_are(events, 2);
  seats.store(1, std::memory_order_release);
  light_fence();
  full_fence();  // pairs with either table's fence in prepare_wait
  events.notify_one_without_fence();
  events.notify_all_without_fence();
  for (auto& sleeper : sleepers) sleeper.join();
  EXPECT_EQ(events.waiters(), 0u);
}

}  // namespace
}  // namespace wyn
