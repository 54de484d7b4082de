// The worker's loop and the producers' pushes around a work signal, over real injector rings: every
// item runs once, work that needs all workers gets them, and when it is over all of them sleep with
// nothing left in the gate. Workers nap before they sleep, and wake one more than need be, as it
// comes. A lost wake-up or a leaked token shows as a test that does not end.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <random>
#include <thread>
#include <tuple>
#include <vector>

#include "core/injector/producer_ring.h"
#include "core/park/work_signal.h"
#include "tests/support/seed.h"

namespace wyn {
namespace {

using ring = producer_ring<std::uint64_t>;

template <class Orders>
class pool {
 public:
  pool(int workers, int producers, std::uint64_t seed) : size_(workers) {
    std::mt19937_64 seeds(seed);
    for (int i = 0; i < producers; ++i) rings_.push_back(std::make_unique<ring>(2));
    for (int i = 0; i < workers; ++i) {
      threads_.emplace_back([this, of_this = seeds()] { work(of_this); });
    }
  }
  ~pool() {
    stop_.store(true, std::memory_order_release);
    signal_.wake_all();
    for (auto& thread : threads_) thread.join();
    EXPECT_EQ(signal_.waiters(), 0u);
    EXPECT_EQ(signal_.tokens(), 0u);
    EXPECT_EQ(signal_.searching(), 0u);
  }

  /// An item that ends when `partners` items of the round have started; by the producer's thread.
  void push(int producer, std::uint64_t partners) {
    ASSERT_TRUE(rings_[producer]->push(partners));
    signal_.work_added();
  }
  std::int64_t done() const { return done_.load(std::memory_order_acquire); }
  void new_round() { started_.store(0); }

  bool all_asleep() const {
    return signal_.waiters() == static_cast<std::uint32_t>(size_) && signal_.tokens() == 0 &&
           signal_.searching() == 0;
  }

 private:
  void work(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    bool searching = false, napped = false;
    while (!stop_.load(std::memory_order_acquire)) {
      std::uint64_t partners = 0;
      if (find(partners)) {
        if (searching && random() % 4 == 0 && any_queued()) signal_.wake_one_more();
        if (searching) signal_.found_work([this] { return any_queued(); });
        searching = false;
        run(partners);
      } else if (!searching && signal_.try_enter_search((size_ + 1) / 2)) {
        searching = true;
      } else {
        const bool relied_on = searching && signal_.leave_search();
        const bool naps = !napped && random() % 2 == 0;
        napped = naps && !nap(std::chrono::microseconds(1 + random() % 100));
        if (!naps) {
          signal_.sleep([this] { return stopped(); }, [this] { return any_queued(); }, relied_on);
        }
        searching = true;
      }
    }
    if (searching) signal_.leave_search();
  }

  bool nap(std::chrono::microseconds most) {
    return signal_.nap([this] { return stopped(); }, [this] { return any_queued(); }, most);
  }
  bool stopped() const { return stop_.load(std::memory_order_relaxed); }

  // One item at a time, so that what is queued stays there for the others.
  bool find(std::uint64_t& item) {
    for (auto& r : rings_) {
      claim_result got;
      while ((got = r->claim(&item, 1)).lost) {
      }
      if (got.count == 1) return true;
    }
    return false;
  }
  bool any_queued() const {
    for (auto& r : rings_) {
      if (r->size_estimate() != 0) return true;
    }
    return false;
  }

  void run(std::uint64_t partners) {
    started_.fetch_add(1);
    while (started_.load() < partners) std::this_thread::yield();
    done_.fetch_add(1, std::memory_order_release);
  }

  const int size_;
  work_signal<env_default, Orders> signal_;
  std::vector<std::unique_ptr<ring>> rings_;
  std::vector<std::thread> threads_;
  std::atomic<bool> stop_{false};
  std::atomic<std::uint64_t> started_{0};
  std::atomic<std::int64_t> done_{0};
};

/// Bursts of independent items from every producer; now and then a wait until all workers sleep.
template <class Orders>
void bursts(int workers, int producers, std::uint64_t seed) {
  std::mt19937_64 seeds(seed);
  pool<Orders> p(workers, producers, seeds());
  std::atomic<std::int64_t> pushed{0};
  std::vector<std::thread> threads;
  for (int id = 0; id < producers; ++id) {
    threads.emplace_back([&p, &pushed, id, thread_seed = seeds()] {
      std::mt19937_64 random(thread_seed);
      for (int burst = 0; burst < 2000; ++burst) {
        for (std::uint64_t n = 1 + random() % 8; n != 0; --n) {
          pushed.fetch_add(1);
          p.push(id, 0);
        }
        if (random() % 4 == 0) std::this_thread::yield();
        if (random() % 8 == 0) {
          while (p.done() < pushed.load()) std::this_thread::yield();
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  while (p.done() < pushed.load()) std::this_thread::yield();
  while (!p.all_asleep()) std::this_thread::yield();
  EXPECT_EQ(p.done(), pushed.load());
}

/// Rounds of one item per worker, which all have to run at the same time.
template <class Orders>
void full_strength(int workers, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  pool<Orders> p(workers, 1, random());
  std::int64_t pushed = 0;
  for (int round = 0; round < 1000; ++round) {
    p.new_round();
    for (int i = 0; i < workers; ++i) {
      p.push(0, static_cast<std::uint64_t>(workers));
      ++pushed;
    }
    while (p.done() < pushed) std::this_thread::yield();
    if (random() % 2 == 0) {
      while (!p.all_asleep()) std::this_thread::yield();
    }
  }
  EXPECT_EQ(p.done(), pushed);
}

// Workers, producers.
class WorkSignalBursts : public testing::TestWithParam<std::tuple<int, int>> {};

TEST_P(WorkSignalBursts, EveryItemRunsAndThenAllSleep) {
  const auto [workers, producers] = GetParam();
  const std::uint64_t seed = tests::seed_of_this_run();
  bursts<work_signal_asymmetric_orders>(workers, producers, seed);
  bursts<work_signal_symmetric_orders>(workers, producers, seed);
}

INSTANTIATE_TEST_SUITE_P(WorkersAndProducers, WorkSignalBursts,
                         testing::Combine(testing::Values(1, 2, 4, 8), testing::Values(1, 3)));

// Workers.
class WorkSignalRounds : public testing::TestWithParam<int> {};

TEST_P(WorkSignalRounds, WorkForAllWorkersWakesThemAll) {
  const std::uint64_t seed = tests::seed_of_this_run();
  full_strength<work_signal_asymmetric_orders>(GetParam(), seed);
  full_strength<work_signal_symmetric_orders>(GetParam(), seed);
}

INSTANTIATE_TEST_SUITE_P(Workers, WorkSignalRounds, testing::Values(1, 2, 4, 8));

}  // namespace
}  // namespace wyn
