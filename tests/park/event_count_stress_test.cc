// Items handed from producers to consumers through a small box, both sides asleep most of the time.
// A lost wake-up shows as a test that does not end.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <random>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "core/park/event_count.h"
#include "tests/support/seed.h"

namespace wyn {
namespace {

constexpr std::int64_t items = 100000;

/// A box that holds up to `size` items, all alike: takers sleep while it is empty, givers while
/// full. Built as a client of the event count builds it, with relaxed accesses around the protocol.
template <class EventCount>
class box {
 public:
  box(std::int64_t size, bool wake_all) : size_(size), wake_all_(wake_all) {}

  void give() {
    wait_and_change(not_full_, +1);
    wake(not_empty_);
  }
  void take() {
    wait_and_change(not_empty_, -1);
    wake(not_full_);
  }
  std::uint32_t waiters() const { return not_full_.waiters() + not_empty_.waiters(); }
  std::int64_t inside() const { return inside_.load(); }

 private:
  void wait_and_change(EventCount& events, int by) {
    while (!try_change(by)) {
      const auto ticket = events.prepare_wait();
      if (possible(by)) {
        events.cancel_wait();
      } else {
        events.commit_wait(ticket);
      }
    }
  }
  bool possible(int by) const {
    const std::int64_t after = inside_.load(std::memory_order_relaxed) + by;
    return after >= 0 && after <= size_;
  }
  bool try_change(int by) {
    std::int64_t seen = inside_.load(std::memory_order_relaxed);
    while (seen + by >= 0 && seen + by <= size_) {
      if (inside_.compare_exchange_weak(seen, seen + by, std::memory_order_acq_rel)) return true;
    }
    return false;
  }
  void wake(EventCount& events) { wake_all_ ? events.notify_all() : events.notify_one(); }

  const std::int64_t size_;
  const bool wake_all_;
  std::atomic<std::int64_t> inside_{0};
  EventCount not_full_;
  EventCount not_empty_;
};

std::vector<std::int64_t> shares(int threads) {
  std::vector<std::int64_t> result(threads, items / threads);
  result[0] += items % threads;
  return result;
}

template <class EventCount>
void hand_over(int givers, int takers, std::int64_t size, bool wake_all, std::uint64_t seed) {
  box<EventCount> b(size, wake_all);
  std::mt19937_64 seeds(seed);
  std::vector<std::thread> threads;
  const auto work = [](auto step, std::int64_t n, std::uint64_t thread_seed) {
    std::mt19937_64 random(thread_seed);
    for (std::int64_t i = 0; i < n; ++i) {
      step();
      if (random() % 16 == 0) std::this_thread::yield();
    }
  };
  for (const std::int64_t n : shares(givers)) {
    threads.emplace_back(work, [&] { b.give(); }, n, seeds());
  }
  for (const std::int64_t n : shares(takers)) {
    threads.emplace_back(work, [&] { b.take(); }, n, seeds());
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(b.waiters(), 0u);
  EXPECT_EQ(b.inside(), 0);
}

// Givers, takers, size of the box, notify_all.
class EventCountStress
    : public testing::TestWithParam<std::tuple<int, int, std::int64_t, bool>> {};

TEST_P(EventCountStress, AsymmetricFencesLoseNoWakeUp) {
  const auto [givers, takers, size, wake_all] = GetParam();
  hand_over<event_count<env_default, event_count_asymmetric_orders>>(
      givers, takers, size, wake_all, tests::seed_of_this_run());
}

TEST_P(EventCountStress, SymmetricFencesLoseNoWakeUp) {
  const auto [givers, takers, size, wake_all] = GetParam();
  hand_over<event_count<env_default, event_count_symmetric_orders>>(
      givers, takers, size, wake_all, tests::seed_of_this_run());
}

std::string name_of(const testing::TestParamInfo<EventCountStress::ParamType>& info) {
  const auto [givers, takers, size, wake_all] = info.param;
  return std::to_string(givers) + "Givers" + std::to_string(takers) + "Takers" +
         std::to_string(size) + (wake_all ? "All" : "One");
}

INSTANTIATE_TEST_SUITE_P(Shapes, EventCountStress,
                         testing::Values(std::tuple{1, 1, 1, false}, std::tuple{1, 2, 1, false},
                                         std::tuple{2, 1, 2, false}, std::tuple{1, 4, 4, false},
                                         std::tuple{3, 3, 1, false}, std::tuple{2, 2, 1, true}),
                         name_of);

}  // namespace
}  // namespace wyn
