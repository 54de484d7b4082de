// Tasks from threads outside: how they are counted, and that all of them are spawned.
#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "bench/compare/workload/outside.h"

namespace wyn::bench::compare {
namespace {

constexpr std::size_t sizes[] = {1, 63, 64, 65, 300, 1000};

// A permutation of the tasks, if `step` and `tasks` have no common divisor.
std::size_t nth(std::size_t n, std::size_t step, std::size_t tasks) { return n * step % tasks; }

TEST(Countdown, IsOverAfterTheLastTaskAndNotBefore) {
  constexpr std::size_t step = 7919;  // a prime that divides no size
  for (const std::size_t tasks : sizes) {
    countdown missing(tasks);
    for (std::size_t n = 0; n < tasks; ++n) {
      EXPECT_GT(missing.missing_blocks(), 0U) << n << " of " << tasks;
      missing.count(nth(n, step, tasks));
    }
    EXPECT_EQ(missing.missing_blocks(), 0U) << tasks;
  }
}

TEST(Countdown, BlockIsMissingUntilItsLastTask) {
  countdown missing(3 * countdown::block_tasks);
  for (std::size_t i = 1; i < countdown::block_tasks; ++i) {
    missing.count(countdown::block_tasks + i);
  }
  EXPECT_EQ(missing.missing_blocks(), 3U);
  missing.count(countdown::block_tasks);
  EXPECT_EQ(missing.missing_blocks(), 2U);
}

TEST(Countdown, BeginsAnewAfterReset) {
  countdown missing(100);
  for (std::size_t i = 0; i < 70; ++i) missing.count(i);
  missing.reset();
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_GT(missing.missing_blocks(), 0U) << i;
    missing.count(i);
  }
  EXPECT_EQ(missing.missing_blocks(), 0U);
}

// Two threads have the tasks of each block by turns. What they wrote is seen by the one that waits.
TEST(Countdown, LastTaskWakesTheThreadThatWaits) {
  for (const std::size_t tasks : sizes) {
    countdown missing(tasks);
    std::vector<char> ran(tasks);
    std::vector<std::thread> threads;
    for (std::size_t from = 0; from < 2; ++from) {
      threads.emplace_back([&, from] {
        for (std::size_t i = from; i < tasks; i += 2) {
          ran[i] = '\1';
          missing.count(i);
        }
      });
    }
    missing.wait();
    EXPECT_EQ(std::count(ran.begin(), ran.end(), '\1'), static_cast<std::ptrdiff_t>(tasks));
    for (std::thread& t : threads) t.join();
  }
}

// Threads that take calls from a queue with a lock.
class queue_of_calls {
 public:
  explicit queue_of_calls(int threads) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  }
  ~queue_of_calls() {
    for (std::size_t i = 0; i < threads_.size(); ++i) add(nullptr, nullptr);
    for (std::thread& t : threads_) t.join();
  }
  void add(task_function f, void* argument) {
    const std::lock_guard guard(lock_);
    calls_.emplace_back(f, argument);
    added_.notify_one();
  }

 private:
  void work() {
    while (true) {
      std::unique_lock guard(lock_);
      added_.wait(guard, [this] { return !calls_.empty(); });
      const auto [f, argument] = calls_.front();
      calls_.pop_front();
      guard.unlock();
      if (f == nullptr) return;
      f(argument);
    }
  }

  std::mutex lock_;
  std::condition_variable added_;
  std::deque<std::pair<task_function, void*>> calls_;
  std::vector<std::thread> threads_;
};

TEST(OutsideWorkload, EveryTaskRunsOnceInEachRepetition) {
  queue_of_calls calls(2);
  const auto spawn = [&calls](task_function f, void* argument) { calls.add(f, argument); };
  for (const std::size_t tasks : sizes) {
    for (const int producers : {1, 2, 3}) {
      const auto w = marking_outside(tasks, producers, spawn);
      for (int repetition = 0; repetition < 3; ++repetition) {
        w->prepare();
        w->run();
        EXPECT_EQ(w->answer(), tasks) << producers << " producers";
      }
    }
  }
}

}  // namespace
}  // namespace wyn::bench::compare
