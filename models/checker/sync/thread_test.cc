#include "models/checker/sync/thread.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <utility>

#include "models/checker/gtest.h"
#include "models/checker/sync/mutex.h"
#include "models/checker/sync/thread_local_value.h"
#include "models/env/env_checker.h"

namespace wyn {
namespace {

using env = env_checker;
using model::failure;
using model::thread;
using model::verdict_kind;

constexpr site<"relaxed", order::relaxed> relaxed{};
constexpr site<"acquire", order::acquire> acquire{};
constexpr site<"release", order::release> release{};

// What the starter did is seen by the thread, and what the thread did by the joiner.
struct fork_and_join {
  static constexpr int threads = 2, initial_threads = 1;
  env::plain<int> in, out;
  void thread(int) {
    in.write(20);
    model::thread t([this](int more) { out.write(in.read() + more); }, 1);
    t.join();
    env::check(out.read() == 21, "the result is there");
  }
};
MODEL_TEST(Thread, StartAndJoinOrderPlainData, (fork_and_join), executions(1),
           {.check_leaks = true});
MODEL_TEST_FAILS(Thread, RelaxedStartRaces, (fork_and_join), failure::data_race,
                 {.overrides = {{"thread.start", order::relaxed}}});
MODEL_TEST_FAILS(Thread, RelaxedJoinRaces, (fork_and_join), failure::data_race,
                 {.overrides = {{"thread.join", order::relaxed}}});
MODEL_TEST(Thread, StartAndJoinUnderTso, (fork_and_join), executions(1),
           {.model = model::memory_model::tso});

struct read_before_join {
  static constexpr int threads = 2, initial_threads = 1;
  env::plain<int> out;
  void thread(int) {
    model::thread t([this] { out.write(1); });
    out.read();
    t.join();
  }
};
MODEL_TEST_FAILS(Thread, ReadBeforeJoinRaces, (read_before_join), failure::data_race);

// The counts are those of the same program with threads that begin by themselves.
template <bool Dynamic>
struct store_buffering {
  static constexpr int threads = 3, initial_threads = Dynamic ? 1 : 3;
  env::atomic<int> x{0}, y{0};
  void first() {
    x.store(1, relaxed);
    y.load(relaxed);
  }
  void second() {
    y.store(1, relaxed);
    x.load(relaxed);
  }
  void thread(int id) {
    if (!Dynamic) return id == 0 ? void() : id == 1 ? first() : second();
    model::thread a([this] { first(); });
    model::thread b([this] { second(); });
    a.join();
    b.join();
  }
};
MODEL_TEST(Thread, StaticStoreBufferingHasFourExecutions, (store_buffering<false>),
           executions(4));
MODEL_TEST(Thread, StartedThreadsHaveTheSameExecutions, (store_buffering<true>), executions(4));
TEST(Thread, NoExecutionIsBlockedByAJoin) {
  model::options o;
  o.count_duplicates = true;
  const model::verdict v = model::check<store_buffering<true>>(o);
  EXPECT_EQ(v.blocked, 0u);
  EXPECT_EQ(v.duplicates, 0u);
}

// main() of a usual program: before() starts, after() joins.
struct started_before {
  static constexpr int threads = 2, initial_threads = 0;
  env::plain<int> sum;
  model::mutex m;
  model::thread workers[2];
  void before() {
    for (model::thread& w : workers) {
      w = model::thread([this] {
        m.lock();
        sum.write(sum.read() + 1);
        m.unlock();
      });
    }
  }
  void after() {
    for (model::thread& w : workers) w.join();
    env::check(sum.read() == 2, "both have worked");
  }
};
MODEL_TEST(Thread, BeforeMayStartAndAfterJoin, (started_before), executions(2));

struct nested {
  static constexpr int threads = 3, initial_threads = 1;
  env::plain<int> n;
  void thread(int) {
    model::thread t([this] {
      model::thread deeper([this] { n.write(7); });
      deeper.join();
    });
    t.join();
    env::check(n.read() == 7, "through two joins");
  }
};
MODEL_TEST(Thread, StartedThreadsMayStartThreads, (nested), executions(1));

struct two_starters {
  static constexpr int threads = 4, initial_threads = 2;
  env::atomic<int> n{0};
  void thread(int) {
    model::thread t([this] { n.fetch_add(1, relaxed); });
    t.join();
  }
  void after() { env::check(n.load(relaxed) == 2, "both threads ran"); }
};
// Two orders of the starts times two orders of the additions.
MODEL_TEST(Thread, OrderOfStartsByTwoThreadsCounts, (two_starters), executions(4));

struct starts_perhaps {
  static constexpr int threads = 3, initial_threads = 2;
  env::atomic<int> go{0};
  env::plain<int> n;
  void thread(int id) {
    if (id == 0) return go.store(1, release);
    if (go.load(acquire) == 0) return;
    model::thread t([this] { n.write(1); });
    t.join();
  }
};
MODEL_TEST(Thread, ThreadThatIsNeverStartedCountsAsEnded, (starts_perhaps), executions(2));

struct detached {
  static constexpr int threads = 2, initial_threads = 1;
  env::atomic<int> n{0};
  void thread(int) {
    model::thread t([this] { n.store(1, relaxed); });
    t.detach();
    n.load(relaxed);
  }
  void after() { env::check(n.load(relaxed) == 1, "it ends before the execution does"); }
};
MODEL_TEST(Thread, DetachedThreadRunsToItsEnd, (detached), executions(2));

struct joins_under_a_lock {
  static constexpr int threads = 2, initial_threads = 1;
  model::mutex m;
  void thread(int) {
    model::thread t([this] {
      m.lock();
      m.unlock();
    });
    m.lock();
    t.join();
    m.unlock();
  }
};
TEST(Thread, JoinUnderALockThatTheThreadNeedsIsADeadlock) {
  const model::verdict v = model::check<joins_under_a_lock>();
  EXPECT_EQ(v.failure, failure::deadlock) << v.report;
  EXPECT_NE(v.message.find("thread 0 waits for the end of thread 1; thread 1 waits for the lock"),
            std::string::npos)
      << v.message;
}

struct joins_a_spinner {
  static constexpr int threads = 2, initial_threads = 1;
  env::atomic<int> stop{0};
  void thread(int) {
    model::thread t([this] {
      while (stop.load(acquire) == 0) env::pause();
    });
    t.join();
  }
};
MODEL_TEST_FAILS(Thread, JoinOfAThreadThatSpinsForEverIsALivelock, (joins_a_spinner),
                 failure::livelock);

// ---- misuse ----

struct joins_twice {
  static constexpr int threads = 2, initial_threads = 1;
  void thread(int) {
    model::thread t([] {});
    t.join();
    t.join();
  }
};
MODEL_TEST_FAILS(ThreadMisuse, JoinTwice, (joins_twice), failure::misuse);

struct never_joined {
  static constexpr int threads = 2, initial_threads = 1;
  void thread(int) { model::thread t([] {}); }
};
MODEL_TEST_FAILS(ThreadMisuse, DestructionOfAJoinableThread, (never_joined), failure::misuse);

struct assigned_over {
  static constexpr int threads = 3, initial_threads = 1;
  void thread(int) {
    model::thread t([] {});
    t = model::thread([] {});
    t.join();
  }
};
MODEL_TEST_FAILS(ThreadMisuse, AssignmentToAJoinableThread, (assigned_over), failure::misuse);

struct joins_itself {
  static constexpr int threads = 2, initial_threads = 0;
  model::thread t;
  void before() { t = model::thread([this] { t.join(); }); }
};
MODEL_TEST_FAILS(ThreadMisuse, ThreadThatJoinsItself, (joins_itself), failure::deadlock);

struct joins_in_a_circle {
  static constexpr int threads = 2, initial_threads = 0;
  model::thread t[2];
  void before() {
    t[0] = model::thread([this] { t[1].join(); });
    t[1] = model::thread([this] { t[0].join(); });
  }
};
MODEL_TEST_FAILS(ThreadMisuse, ThreadsThatJoinEachOther, (joins_in_a_circle), failure::deadlock);

template <class Program>
void expect_model_error(const char* words) {
  const model::verdict v = model::check<Program>();
  EXPECT_EQ(v.kind, verdict_kind::model_error) << v.report;
  EXPECT_NE(v.message.find(words), std::string::npos) << v.message;
}

struct too_many {
  static constexpr int threads = 2, initial_threads = 1;
  void thread(int) {
    model::thread a([] {});
    model::thread b([] {});
  }
};
TEST(ThreadMisuse, MoreThreadsThanTheModelStates) {
  expect_model_error<too_many>("more threads than the model states");
}

struct none_to_start {
  static constexpr int threads = 2;
  void thread(int) { model::thread a([] {}); }
};
TEST(ThreadMisuse, ModelWhoseThreadsAllBeginByThemselves) {
  expect_model_error<none_to_start>("initial_threads");
}

struct joins_before {
  static constexpr int threads = 1, initial_threads = 0;
  void before() {
    model::thread t([] {});
    t.join();
  }
};
TEST(ThreadMisuse, JoinInBefore) { expect_model_error<joins_before>("before() joins"); }

struct started_thread_throws {
  static constexpr int threads = 2, initial_threads = 1;
  void thread(int) {
    model::thread t([] { throw std::runtime_error("boom"); });
    t.join();
  }
};
TEST(ThreadMisuse, ExceptionOutOfAStartedThread) {
  expect_model_error<started_thread_throws>("thread 1 threw an exception: boom");
}

struct more_begin_than_there_are {
  static constexpr int threads = 1, initial_threads = 2;
  void thread(int) {}
};
TEST(ThreadMisuse, MoreInitialThreadsThanThreads) {
  expect_model_error<more_begin_than_there_are>("initial_threads cannot be 2");
}

// ---- thread_local_value ----

struct one_for_each {
  static constexpr int threads = 3, initial_threads = 1;
  model::thread_local_value<int> mine{5};
  env::atomic<int> sum{0};
  void before() { *mine = 100; }
  void work(int n) {
    mine.get() += n;
    sum.fetch_add(*mine, relaxed);
  }
  void thread(int) {
    model::thread a([this] { work(1); });
    model::thread b([this] { work(2); });
    work(3);
    a.join();
    b.join();
  }
  void after() {
    env::check(sum.load(relaxed) == 6 + 7 + 8, "each thread has a value of its own");
    env::check(*mine == 100, "and so has the main thread");
  }
};
MODEL_TEST(ThreadLocalValue, EachThreadHasItsOwn, (one_for_each), executions(6));

}  // namespace
}  // namespace wyn
