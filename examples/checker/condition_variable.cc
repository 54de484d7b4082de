// A lost wake-up with a mutex and a condition variable.
//
// The sleeper looks at the flag and goes to sleep under the mutex. Who sets the flag without the
// mutex can do so, and notify, between the look and the sleep: nobody will notify again. An atomic
// flag does not help; a lock around the store does, even an empty one after it.
//
// The other mistake is a wait without a loop: a wait may end without a cause.
#include "models/check/std/checked.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;

enum class sets { under_the_mutex, without_it, with_an_empty_lock };

template <sets Sets, bool Loop = true>
struct door {
  static constexpr int threads = 2;

  std_::mutex mutex;
  std_::condition_variable changed;
  std_::atomic<bool> is_open{false};

  void open() {
    if (Sets == sets::under_the_mutex) {
      const std_::lock_guard guard(mutex);
      is_open = true;
    } else {
      is_open = true;
    }
    if (Sets == sets::with_an_empty_lock) const std_::lock_guard guard(mutex);
    changed.notify_one();
  }
  void pass() {
    std_::unique_lock guard(mutex);
    while (!is_open) {
      changed.wait(guard);
      if (!Loop) break;
    }
    std_::require(is_open.load(), "the door is open");
  }

  void thread(int id) {
    if (id == 0) open();
    else pass();
  }
};

MODEL_TEST(ConditionVariable, TheFlagIsSetUnderTheMutex, (door<sets::under_the_mutex>),
           executions(2));
MODEL_TEST(ConditionVariable, OrTheMutexIsTakenAfterwards, (door<sets::with_an_empty_lock>),
           executions(3));
MODEL_TEST_FAILS(ConditionVariable, WithoutTheMutexTheNotificationIsLost,
                 (door<sets::without_it>), failure::lost_wakeup);
MODEL_TEST(ConditionVariable, ALoopStandsAWaitThatEndsWithoutACause,
           (door<sets::under_the_mutex>), executions(5), {.spurious_wakeups = 1});
MODEL_TEST_FAILS(ConditionVariable, WithoutALoopTheDoorIsStillClosed,
                 (door<sets::under_the_mutex, false>), failure::assertion,
                 {.spurious_wakeups = 1});

}  // namespace
