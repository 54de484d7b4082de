// Condition variables of the drop-in.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "models/check/std/as_std.h"
#include "models/check/std/checked.h"
#include "models/check/std/main_program.h"
#include "models/check/std/with_new.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;
using std_::main_program;
using wyn::model::failure;

// As it is written anywhere: nothing of the explorer, and std:: throughout.
namespace checked {
namespace std = wyn::as_std;

template <class Variable>
class mailbox {
 public:
  void put(int letter) {
    {
      std::lock_guard<std::mutex> guard(mutex_);
      letter_ = letter;
      full_ = true;
    }
    arrived_.notify_one();
  }
  int take() {
    std::unique_lock<std::mutex> guard(mutex_);
    arrived_.wait(guard, [this] { return full_; });
    full_ = false;
    return letter_;
  }
  bool take_in_time() {
    std::unique_lock<std::mutex> guard(mutex_);
    return arrived_.wait_for(guard, ::std::chrono::seconds(1), [this] { return full_; });
  }

 private:
  std::mutex mutex_;
  Variable arrived_;
  int letter_ = 0;
  bool full_ = false;
};
}  // namespace checked

template <class Variable>
void hands_over() {
  checked::mailbox<Variable> box;
  std_::thread other([&] { box.put(42); });
  std_::require(box.take() == 42, "the letter arrives");
  other.join();
}
// Who takes sleeps first, or finds the letter.
MODEL_TEST(StdConditionVariable, HandsOver,
           (main_program<&hands_over<wyn::as_std::condition_variable>>), executions(2));
MODEL_TEST(StdConditionVariable, AnyDoesToo,
           (main_program<&hands_over<wyn::as_std::condition_variable_any>>), executions(2));
MODEL_TEST(StdConditionVariable, TakesNothingFromTheHeapOfTheModel,
           (std_::with_new<main_program<&hands_over<std_::condition_variable>>>), executions(2),
           {.check_leaks = true});

void takes_in_time() {
  checked::mailbox<wyn::as_std::condition_variable> box;
  std_::atomic<int> taken{0};
  std_::thread other([&] { box.put(42); });
  taken = box.take_in_time() ? 1 : 2;
  other.join();
  std_::require(taken.load() == 1, "it arrives in time");
}
MODEL_TEST_FAILS(StdConditionVariable, TheTimeMayPassFirst, (main_program<&takes_in_time>),
                 failure::assertion);

template <bool Loop>
struct waits_once {
  static constexpr int threads = 2;
  std_::mutex m;
  std_::condition_variable c;
  std_::var<bool> ready = false;
  void thread(int id) {
    if (id == 0) {
      const std_::lock_guard guard(m);
      ready = true;
      c.notify_all();
      return;
    }
    std_::unique_lock guard(m);
    if (!ready) c.wait(guard);
    while (Loop && !ready) c.wait(guard);
    std_::require(ready, "it is ready");
  }
};
MODEL_TEST(StdConditionVariable, WithoutSpuriousWakeupsOneWaitIsEnough, (waits_once<false>),
           executions(2));
MODEL_TEST_FAILS(StdConditionVariable, ASpuriousWakeupFindsAWaitWithoutALoop, (waits_once<false>),
                 failure::assertion, {.spurious_wakeups = 1});
TEST(StdConditionVariable, ALoopStandsSpuriousWakeups) {
  const auto v = wyn::model::check<waits_once<true>>({.spurious_wakeups = 1});
  EXPECT_EQ(v.kind, wyn::model::verdict_kind::pass) << v.report;
  EXPECT_GT(v.executions, 2u);
}

void waits_without_the_mutex() {
  std_::mutex m;
  std_::condition_variable c;
  std_::unique_lock<std_::mutex> guard(m, std_::defer_lock);
  c.wait(guard);
}
MODEL_TEST_FAILS(StdConditionVariable, AWaitWithoutTheMutexIsMisuse,
                 (main_program<&waits_without_the_mutex>), failure::misuse);

struct weak {
  static constexpr int threads = 1;
  std_::atomic<int> n{0};
  void thread(int) {
    int expected = 0;
    const bool done = n.compare_exchange_weak(expected, 1);
    std_::require(done || (expected == 0 && n.load() == 0), "a failure changes nothing");
    std_::require(done, "it succeeds at once");
  }
};
MODEL_TEST(StdAtomic, AWeakExchangeSucceedsUnlessAsked, (weak), executions(1));
MODEL_TEST_FAILS(StdAtomic, AWeakExchangeMayFailWithoutACause, (weak), failure::assertion,
                 {.spurious_failures = 1});

}  // namespace
