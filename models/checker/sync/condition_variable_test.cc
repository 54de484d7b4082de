#include "models/checker/sync/condition_variable.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>

#include "models/checker/gtest.h"
#include "models/checker/sync/mutex.h"
#include "models/env/env_checker.h"

namespace wyn {
namespace {

using env = env_checker;
using model::condition_variable;
using model::cv_status;
using model::failure;
using model::mutex;

constexpr site<"relaxed", order::relaxed> relaxed{};
constexpr site<"acquire", order::acquire> acquire{};
constexpr site<"release", order::release> release{};

enum class notice { inside, after, never, all };

template <notice How, bool Loop = true>
struct hand_over {
  static constexpr int threads = 2;
  mutex m;
  condition_variable c;
  env::plain<bool> ready{false};
  void thread(int id) {
    m.lock();
    if (id == 0) {
      if (Loop) c.wait(m, [this] { return ready.read(); });
      else if (!ready.read()) c.wait(m);
      env::check(ready.read(), "the wait ends when it is ready");
    } else {
      ready.write(true);
      if (How == notice::inside) c.notify_one();
    }
    m.unlock();
    if (id == 1 && How == notice::after) c.notify_one();
    if (id == 1 && How == notice::all) c.notify_all();
  }
};
// The one that waits sleeps first, or finds it ready.
MODEL_TEST(ConditionVariable, NotificationUnderTheMutex, (hand_over<notice::inside>),
           executions(2));
MODEL_TEST(ConditionVariable, NotificationAfterTheMutex, (hand_over<notice::after>),
           executions(2));
MODEL_TEST(ConditionVariable, NotificationOfAll, (hand_over<notice::all>), executions(2));
MODEL_TEST_FAILS(ConditionVariable, NoNotificationLosesTheWakeup, (hand_over<notice::never>),
                 failure::lost_wakeup);
MODEL_TEST(ConditionVariable, HandOverUnderTso, (hand_over<notice::inside>), executions(2),
           {.model = model::memory_model::tso});

// A wait without a loop is right only as long as no wake-up is spurious.
MODEL_TEST(SpuriousWakeups, WaitWithoutALoopPassesWithoutThem,
           (hand_over<notice::inside, false>), executions(2));
MODEL_TEST_FAILS(SpuriousWakeups, WaitWithoutALoopFails, (hand_over<notice::inside, false>),
                 failure::assertion, {.spurious_wakeups = 1});
// The wake-up comes to nothing, before the other thread, or after it: there before or after the
// notification, which then goes to it, to the second wait, or to nobody.
MODEL_TEST(SpuriousWakeups, LoopStandsThem, (hand_over<notice::inside>), executions(5),
           {.spurious_wakeups = 1});
MODEL_TEST_FAILS(SpuriousWakeups, DoNotMakeUpForALostOne, (hand_over<notice::never>),
                 failure::lost_wakeup, {.spurious_wakeups = 1});

// The flag is set without the mutex: between the look at it and the sleep.
struct flag_outside {
  static constexpr int threads = 2;
  mutex m;
  condition_variable c;
  env::atomic<int> ready{0};
  void thread(int id) {
    if (id == 0) {
      m.lock();
      while (ready.load(acquire) == 0) c.wait(m);
      m.unlock();
    } else {
      ready.store(1, release);
      c.notify_one();
    }
  }
};
MODEL_TEST_FAILS(ConditionVariable, FlagThatIsSetWithoutTheMutexLosesTheWakeup, (flag_outside),
                 failure::lost_wakeup);

// A condition variable orders no memory.
struct publishes_by_notification {
  static constexpr int threads = 2;
  mutex m;
  condition_variable c;
  env::plain<int> data;
  void thread(int id) {
    if (id == 0) {
      m.lock();
      c.wait_for(m);
      m.unlock();
      data.read();
    } else {
      data.write(1);
      c.notify_one();
    }
  }
};
MODEL_TEST_FAILS(ConditionVariable, NotificationPublishesNothing, (publishes_by_notification),
                 failure::data_race);

// Two that wait for different things: one notification may go to the wrong one.
template <bool All>
struct two_predicates {
  static constexpr int threads = 3;
  mutex m;
  condition_variable c;
  bool ready[2] = {};
  void thread(int id) {
    m.lock();
    if (id < 2) {
      c.wait(m, [&] { return ready[id]; });
    } else {
      ready[0] = true;
      if (All) c.notify_all();
      else c.notify_one();
      ready[1] = true;
      if (All) c.notify_all();
      else c.notify_one();
    }
    m.unlock();
  }
};
struct one_of_two : two_predicates<false> {
  void thread(int id) {
    m.lock();
    if (id < 2) {
      c.wait(m, [&] { return ready[id]; });
    } else {
      ready[0] = true;
      c.notify_one();
    }
    m.unlock();
    if (id == 2) {
      m.lock();
      ready[1] = true;
      c.notify_one();
      m.unlock();
    }
  }
};
MODEL_TEST_FAILS(ConditionVariable, NotifyOneMayWakeTheWrongOne, (one_of_two),
                 failure::lost_wakeup);
MODEL_TEST(ConditionVariable, NotifyAllWakesBoth, (two_predicates<true>), executions(10));

// A wait with a limit ends by it or by the notification.
struct timed {
  static constexpr int threads = 2;
  mutex m;
  condition_variable c;
  bool ready = false;
  env::plain<int> result{0};
  void thread(int id) {
    m.lock();
    if (id == 0) {
      const bool in_time = c.wait_for(m, [this] { return ready; });
      env::check(in_time == ready, "the result says whether it is ready");
      result.write(in_time ? 1 : 2);
    } else {
      ready = true;
      c.notify_one();
    }
    m.unlock();
  }
};
// Ready at once; notified; timed out before the other thread; and after it, before or after the
// notification, so that it is ready all the same.
MODEL_TEST(TimedWait, EndsByTheLimitOrTheNotification, (timed), executions(5));

struct nobody_notifies {
  static constexpr int threads = 1;
  mutex m;
  condition_variable c;
  void thread(int) {
    m.lock();
    env::check(c.wait_for(m) == cv_status::timeout, "nobody notifies");
    m.unlock();
  }
};
MODEL_TEST(TimedWait, IsNeverALostWakeup, (nobody_notifies), executions(1));

struct waits_again_and_again {
  static constexpr int threads = 2;
  mutex m;
  condition_variable c;
  bool ready = false;
  void thread(int id) {
    m.lock();
    if (id == 0) {
      while (!ready) c.wait_for(m);
    } else {
      ready = true;
      c.notify_one();
    }
    m.unlock();
  }
};
TEST(TimedWait, LoopIsBoundedUnlessTimeoutsAre) {
  model::options o;
  o.max_events = 60;
  EXPECT_EQ(model::check<waits_again_and_again>(o).kind, model::verdict_kind::bounded);
}
MODEL_TEST(TimedWait, LoopPassesWithOneTimeout, (waits_again_and_again), executions(5),
           {.max_timeouts = 1});
MODEL_TEST(TimedWait, LoopPassesWithTwoTimeouts, (waits_again_and_again), executions(8),
           {.max_timeouts = 2});

// ---- the second encoding ----

// One word with a bit for each thread that waits. A notification takes a bit off with a
// compare-exchange; a thread spins until its bit is off. Independent of the monitor, of its list,
// of the words that signal, and of the operations that sleep.
class bitmask_condition_variable {
 public:
  template <class Lock>
  void wait(Lock& lock) {
    const std::uint64_t mine = std::uint64_t{1} << model::calls::current_thread();
    waiting_.fetch_add(mine, relaxed);
    lock.unlock();
    while ((waiting_.load(relaxed) & mine) != 0) env::pause();
    lock.lock();
  }
  void notify_one() {
    for (std::uint64_t set = waiting_.load(relaxed); set != 0;) {
      int skip = env::choose(std::popcount(set));
      std::uint64_t rest = set;
      while (skip-- > 0) rest &= rest - 1;
      if (waiting_.compare_exchange(set, set & ~(rest & ~(rest - 1)), relaxed)) return;
    }
  }
  void notify_all() { waiting_.exchange(0, relaxed); }

 private:
  env::atomic<std::uint64_t> waiting_{0};
};

// Two consumers of one item each and a producer of both, who note the order in which things happen.
std::set<std::string> outcomes;
template <class ConditionVariable, bool All>
struct buffer {
  static constexpr int threads = 3;
  mutex m;
  ConditionVariable c;
  int items = 0;
  char text[64] = {};
  int length = 0;
  void note(char what, int id) {
    text[length++] = what;
    text[length++] = static_cast<char>('0' + id);
  }
  void thread(int id) {
    for (int n = 0; n < (id == 2 ? 2 : 1); ++n) {
      m.lock();
      if (id < 2) {
        while (items == 0) {
          note('w', id);
          c.wait(m);
        }
        --items;
        note('t', id);
      } else {
        ++items;
        note('p', n);
        if (All) c.notify_all();
        else c.notify_one();
      }
      m.unlock();
    }
  }
  void after() { outcomes.insert(text); }
};
template <bool All>
void expect_same_outcomes(std::size_t golden) {
  outcomes.clear();
  const model::verdict first = model::check<buffer<condition_variable, All>>();
  EXPECT_EQ(first.kind, model::verdict_kind::pass) << first.report;
  const std::set<std::string> expected = outcomes;
  outcomes.clear();
  const model::verdict second = model::check<buffer<bitmask_condition_variable, All>>();
  EXPECT_EQ(second.kind, model::verdict_kind::pass) << second.report;
  EXPECT_EQ(outcomes, expected);
  EXPECT_EQ(outcomes.size(), golden);
}
TEST(SecondEncoding, NotifyOneHasTheSameOutcomes) { expect_same_outcomes<false>(26); }
TEST(SecondEncoding, NotifyAllHasTheSameOutcomes) { expect_same_outcomes<true>(30); }

// ---- misuse ----

struct waits_without_the_mutex {
  static constexpr int threads = 1;
  mutex m;
  condition_variable c;
  void thread(int) { c.wait(m); }
};
MODEL_TEST_FAILS(ConditionVariableMisuse, WaitWithoutTheMutex, (waits_without_the_mutex),
                 failure::misuse);

struct two_mutexes {
  static constexpr int threads = 2;
  mutex m[2];
  condition_variable c;
  void thread(int id) {
    m[id].lock();
    c.wait(m[id]);
    m[id].unlock();
  }
};
MODEL_TEST_FAILS(ConditionVariableMisuse, TwoMutexesAtOnce, (two_mutexes), failure::misuse);

struct waits_through_unique_lock {
  static constexpr int threads = 2;
  mutex m;
  condition_variable c;
  bool ready = false;
  void thread(int id) {
    std::unique_lock<mutex> lock(m);
    if (id == 0) {
      c.wait(lock, [this] { return ready; });
    } else {
      ready = true;
      c.notify_one();
    }
  }
};
MODEL_TEST(ConditionVariable, WaitsWithAUniqueLock, (waits_through_unique_lock), executions(2));

TEST(ConditionVariable, NoExecutionIsExploredTwice) {
  model::options o;
  o.count_duplicates = true;
  o.spurious_wakeups = 1;
  o.max_timeouts = 1;
  const model::verdict a = model::check<two_predicates<true>>(o);
  EXPECT_EQ(a.duplicates, 0u);
  EXPECT_EQ(a.kind, model::verdict_kind::pass) << a.report;
  const model::verdict b = model::check<waits_again_and_again>(o);
  EXPECT_EQ(b.duplicates, 0u);
  EXPECT_EQ(b.runs, b.executions + b.blocked);
}

}  // namespace
}  // namespace wyn
