// The mutexes and guards of the drop-in, right and wrong.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "models/check/std/checked.h"
#include "models/check/std/with_new.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;
using wyn::model::failure;

struct guarded {
  static constexpr int threads = 3;
  std_::mutex m;
  std_::var<int> count = 0;
  void thread(int id) {
    if (id == 0) {
      const std_::lock_guard guard(m);
      ++count;
    } else if (id == 1) {
      std_::unique_lock guard(m);
      ++count;
      guard.unlock();
    } else {
      const std_::scoped_lock guard(m);
      ++count;
    }
  }
  void after() { std_::require(count == 3, "no increment is lost"); }
};
MODEL_TEST(StdMutex, EachGuardKeepsTheOthersOut, (guarded), executions(6));
MODEL_TEST(StdMutex, TakesNothingFromTheHeapOfTheModel, (std_::with_new<guarded>), executions(6),
           {.check_leaks = true});

struct forgets_to_lock {
  static constexpr int threads = 2;
  std_::mutex m;
  std_::var<int> count = 0;
  void thread(int id) {
    std_::unique_lock<std_::mutex> guard(m, std_::defer_lock);
    if (id == 0) guard.lock();
    ++count;
  }
};
MODEL_TEST_FAILS(StdMutex, WhoDoesNotLockRaces, (forgets_to_lock), failure::data_race);

struct one_line {
  static constexpr int threads = 2;
  static constexpr int line = __LINE__ + 4;
  std_::mutex m;
  std_::var<int> count = 0;
  void thread(int) {
    const std_::lock_guard<std_::mutex> guard(m);
    ++count;
  }
};
TEST(StdMutex, AGuardHasTheLineThatMakesIt) {
  const std::string line = "mutex_test.cc:" + std::to_string(one_line::line);
  const auto v = wyn::model::check<one_line>(
      {.overrides = {{.site = line + " unlock", .replacement = wyn::order::relaxed}}});
  EXPECT_TRUE(v.unused_overrides.empty());
  EXPECT_EQ(v.failure, failure::data_race) << v.report;
}

// Two threads take both mutexes, in opposite orders.
template <bool AtOnce>
struct crosswise {
  static constexpr int threads = 2;
  std_::mutex left, right;
  std_::var<int> count = 0;
  void thread(int id) {
    std_::mutex& first = id == 0 ? left : right;
    std_::mutex& second = id == 0 ? right : left;
    if (AtOnce) {
      const std_::scoped_lock both(first, second);
      ++count;
    } else {
      const std_::lock_guard one(first);
      const std_::lock_guard other(second);
      ++count;
    }
  }
};
MODEL_TEST_FAILS(StdMutex, OneAfterTheOtherIsADeadlock, (crosswise<false>), failure::deadlock);
MODEL_TEST(StdMutex, BothAtOnceIsNone, (crosswise<true>), executions(6));

struct held_for_ever {
  static constexpr int threads = 2;
  std_::mutex left, right;
  void thread(int id) {
    if (id == 0) right.lock();
    else std_::lock(left, right);
  }
};
MODEL_TEST_FAILS(StdMutex, AllAtOnceStillWaitsForEach, (held_for_ever), failure::deadlock);

struct unlocks_twice {
  static constexpr int threads = 1;
  std_::mutex m;
  void thread(int) {
    m.lock();
    m.unlock();
    m.unlock();
  }
};
MODEL_TEST_FAILS(StdMutex, ASecondUnlockIsMisuse, (unlocks_twice), failure::misuse);

template <class Mutex>
struct locks_within_a_lock {
  static constexpr int threads = 2;
  Mutex m;
  std_::var<int> count = 0;
  void add() {
    const std_::lock_guard<Mutex> guard(m);
    ++count;
  }
  void thread(int) {
    const std_::lock_guard<Mutex> guard(m);
    add();
  }
  void after() { std_::require(count == 2, "both were in"); }
};
MODEL_TEST(StdMutex, ARecursiveOneIsLockedAgain, (locks_within_a_lock<std_::recursive_mutex>),
           executions(2));
MODEL_TEST_FAILS(StdMutex, AnOrdinaryOneIsNot, (locks_within_a_lock<std_::mutex>),
                 failure::deadlock);

struct gives_up {
  static constexpr int threads = 2;
  std_::timed_mutex m;
  std_::var<int> count = 0;
  std_::atomic<int> in{0};
  void thread(int) {
    if (!m.try_lock_for(5)) return;
    ++count;
    in.fetch_add(1, std::memory_order_relaxed);
    m.unlock();
  }
  void after() { std_::require(count == in.load(), "who gives up has not been in"); }
};
// Both in, in two orders; one of them; none.
MODEL_TEST(StdMutex, TheTimeMayPassFirst, (gives_up), executions(5));

template <bool Shared>
struct writes_shared {
  static constexpr int threads = 2;
  std_::shared_mutex m;
  std_::var<int> count = 0;
  void thread(int id) {
    if (id == 0) {
      const std_::shared_lock guard(m);
      std_::require(count < 2, "read");
    } else if (Shared) {
      const std_::shared_lock guard(m);
      ++count;
    } else {
      const std_::lock_guard guard(m);
      ++count;
    }
  }
};
MODEL_TEST(StdSharedMutex, AWriterIsAlone, (writes_shared<false>), executions(2));
MODEL_TEST_FAILS(StdSharedMutex, AWriterThatOnlySharesRaces, (writes_shared<true>),
                 failure::data_race);

// A lock of the program's own takes no line.
struct own_lock {
  static constexpr int threads = 2;
  class spin {
   public:
    void lock() {
      while (taken_.test_and_set(std::memory_order_acquire)) std_::pause();
    }
    void unlock() { taken_.clear(std::memory_order_release); }

   private:
    std_::atomic_flag taken_;
  };
  spin m;
  std_::var<int> count = 0;
  void thread(int) {
    const std_::lock_guard guard(m);
    ++count;
  }
};
MODEL_TEST(StdMutex, GuardsTakeLocksOfTheProgram, (own_lock), executions(2));

struct tries_both {
  static constexpr int threads = 2;
  std_::mutex first, second;
  std_::var<int> count = 0;
  void thread(int id) {
    if (id == 0) {
      const std_::lock_guard guard(second);
      ++count;
      return;
    }
    const int missed = std_::try_lock(first, second);
    std_::require(missed == -1 || missed == 1, "the first is free");
    if (missed != -1) return;
    ++count;
    const std_::scoped_lock both(std_::adopt_lock, first, second);
  }
  void after() {
    const std_::scoped_lock both(first, second);
    std_::require(count == 1 || count == 2, "none was left held");
  }
};
// Before or after the other has had the second, or while.
MODEL_TEST(StdLock, TriesAllOrHoldsNone, (tries_both), executions(3));

struct once {
  static constexpr int threads = 3;
  std_::once_flag flag;
  std_::var<int> made = 0;
  void thread(int) {
    std_::call_once(flag, [this](int by) { made += by; }, 1);
    std_::require(made == 1, "it is made when call_once returns, and once");
  }
};
// Three make it; each of the others finds it made, or waits: 1 + 2 + 2 ways.
MODEL_TEST(StdOnce, RunsOnceAndTheOthersSeeIt, (once), executions(15));

struct first_throws {
  static constexpr int threads = 1;
  std_::once_flag flag;
  int made = 0;
  void thread(int) {
    try {
      std_::call_once(flag, [] { throw std::runtime_error("not this time"); });
      std_::require(false, "the exception comes out");
    } catch (const std::runtime_error&) {
    }
    std_::call_once(flag, [this] { ++made; });
    std_::require(made == 1, "the next caller runs");
  }
};
MODEL_TEST(StdOnce, WhoThrowsHasNotRun, (first_throws), executions(1));

}  // namespace
