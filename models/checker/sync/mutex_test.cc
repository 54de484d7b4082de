#include "models/checker/sync/mutex.h"

#include <gtest/gtest.h>

#include <string>

#include "models/checker/gtest.h"
#include "models/checker/sync/shared_mutex.h"
#include "models/env/env_checker.h"

namespace wyn {
namespace {

using env = env_checker;
using model::failure;
using model::mutex;
using model::shared_mutex;

constexpr site<"relaxed", order::relaxed> relaxed{};
constexpr site<"acquire", order::acquire> acquire{};
constexpr site<"release", order::release> release{};

template <int Threads>
struct locked_counter {
  static constexpr int threads = Threads;
  mutex m;
  env::plain<int> n;
  void thread(int) {
    m.lock();
    n.write(n.read() + 1);
    m.unlock();
  }
  void after() { env::check(n.read() == threads, "no increment is lost"); }
};
MODEL_TEST(Mutex, TwoThreadsHaveTwoOrders, (locked_counter<2>), executions(2));
MODEL_TEST(Mutex, ThreeThreadsHaveSixOrders, (locked_counter<3>), executions(6));
MODEL_TEST(Mutex, FourThreadsHaveTwentyFourOrders, (locked_counter<4>), executions(24));
MODEL_TEST(Mutex, HasTheSameOrdersUnderSc, (locked_counter<3>), executions(6),
           {.model = model::memory_model::sc});
MODEL_TEST(Mutex, HasTheSameOrdersUnderTso, (locked_counter<3>), executions(6),
           {.model = model::memory_model::tso});
MODEL_TEST_FAILS(Mutex, RelaxedUnlockDoesNotPublish, (locked_counter<2>), failure::data_race,
                 {.overrides = {{"mutex.unlock", order::relaxed}}});
MODEL_TEST_FAILS(Mutex, RelaxedLockDoesNotAcquire, (locked_counter<2>), failure::data_race,
                 {.overrides = {{"mutex.lock", order::relaxed}}});

TEST(Mutex, NoOrderIsExploredTwice) {
  model::options o;
  o.count_duplicates = true;
  const model::verdict v = model::check<locked_counter<4>>(o);
  EXPECT_EQ(v.duplicates, 0u);
  EXPECT_EQ(v.runs, v.executions + v.blocked);
}

struct forgets_the_lock {
  static constexpr int threads = 2;
  mutex m;
  env::plain<int> n;
  void thread(int id) {
    if (id == 0) m.lock();
    n.write(n.read() + 1);
    if (id == 0) m.unlock();
  }
};
MODEL_TEST_FAILS(Mutex, DataThatOneThreadDoesNotLockRaces, (forgets_the_lock),
                 failure::data_race);

struct tries {
  static constexpr int threads = 2;
  mutex m;
  env::plain<int> n;
  env::atomic<int> failed{0};
  void thread(int) {
    if (!m.try_lock()) {
      failed.fetch_add(1, relaxed);
      return;
    }
    n.write(n.read() + 1);
    m.unlock();
  }
  void after() { env::check(failed.load(relaxed) + n.read() == 2, "each succeeds or fails"); }
};
// Either has it first; the other fails, on the first one's value, or succeeds after it.
MODEL_TEST(Mutex, TryLockFailsOrSucceeds, (tries), executions(4));

struct opposite_orders {
  static constexpr int threads = 2;
  mutex m[2];
  void thread(int id) {
    m[id].lock();
    m[1 - id].lock();
    m[1 - id].unlock();
    m[id].unlock();
  }
};
MODEL_TEST_FAILS(Mutex, TwoTakenInOppositeOrderDeadlock, (opposite_orders), failure::deadlock);
TEST(Mutex, DeadlockSaysWhoWaitsForWhom) {
  const std::string message = model::check<opposite_orders>().message;
  EXPECT_NE(message.find("thread 0 waits for the lock at main.heap+"), std::string::npos)
      << message;
  EXPECT_NE(message.find("which thread 1 holds; thread 1 waits"), std::string::npos) << message;
  EXPECT_NE(message.find("which thread 0 holds"), std::string::npos) << message;
}

struct same_order {
  static constexpr int threads = 3;
  mutex m[2];
  void thread(int) {
    m[0].lock();
    m[1].lock();
    m[1].unlock();
    m[0].unlock();
  }
};
MODEL_TEST(Mutex, TwoTakenInOneOrderDoNotDeadlock, (same_order), executions(6));

struct philosophers {
  static constexpr int threads = 3;
  mutex fork[3];
  void thread(int id) {
    fork[id].lock();
    fork[(id + 1) % 3].lock();
    fork[(id + 1) % 3].unlock();
    fork[id].unlock();
  }
};
MODEL_TEST_FAILS(Mutex, ThreePhilosophersDeadlock, (philosophers), failure::deadlock);

struct never_unlocked {
  static constexpr int threads = 2;
  mutex m;
  void thread(int) { m.lock(); }
};
TEST(Mutex, ThreadThatEndsWithTheLockIsADeadlockForTheOther) {
  const model::verdict v = model::check<never_unlocked>();
  EXPECT_EQ(v.failure, failure::deadlock) << v.report;
  EXPECT_NE(v.message.find("holds and has ended"), std::string::npos) << v.message;
}

struct held_by_main {
  static constexpr int threads = 1;
  mutex m;
  void before() { m.lock(); }
  void thread(int) { m.lock(); }
};
TEST(Mutex, MainThreadCanHoldIt) {
  const model::verdict v = model::check<held_by_main>();
  EXPECT_EQ(v.failure, failure::deadlock) << v.report;
  EXPECT_NE(v.message.find("the main thread holds"), std::string::npos) << v.message;
}

struct locks_twice {
  static constexpr int threads = 1;
  mutex m;
  void thread(int) {
    m.lock();
    m.lock();
  }
};
MODEL_TEST_FAILS(MutexMisuse, LockByItsHolder, (locks_twice), failure::deadlock);

struct tries_twice {
  static constexpr int threads = 1;
  mutex m;
  void thread(int) {
    m.lock();
    m.try_lock();
  }
};
MODEL_TEST_FAILS(MutexMisuse, TryLockByItsHolder, (tries_twice), failure::misuse);

struct unlocks_for_another {
  static constexpr int threads = 2;
  mutex m;
  void thread(int id) {
    if (id == 0) m.lock();
    else m.unlock();
  }
};
TEST(MutexMisuse, UnlockByAnotherThread) {
  const model::verdict v = model::check<unlocks_for_another>();
  EXPECT_EQ(v.failure, failure::misuse) << v.report;
  EXPECT_EQ(v.message.rfind("misuse: a mutex is unlocked by a thread that does not hold it, by "
                            "thread 1, at main.heap+0x", 0), 0u)
      << v.message;
}

struct destroyed_while_held {
  static constexpr int threads = 1;
  mutex m;
  void thread(int) { m.lock(); }
};
MODEL_TEST_FAILS(MutexMisuse, DestructionWhileHeld, (destroyed_while_held), failure::misuse);

struct waits_under_a_lock {
  static constexpr int threads = 2;
  mutex m;
  env::atomic<int> flag{0};
  void thread(int id) {
    m.lock();
    if (id == 0) {
      while (flag.load(acquire) == 0) env::pause();
    } else {
      flag.store(1, release);
    }
    m.unlock();
  }
};
MODEL_TEST_FAILS(Mutex, SpinningHolderIsTheLivelockThatIsReported, (waits_under_a_lock),
                 failure::livelock);

// ---- shared_mutex ----

struct two_readers {
  static constexpr int threads = 2;
  shared_mutex m;
  env::plain<int> n;
  void thread(int) {
    m.lock_shared();
    n.read();
    m.unlock_shared();
  }
};
MODEL_TEST(SharedMutex, TwoReadersOverlap, (two_readers), executions(6));

struct reader_and_writers {
  static constexpr int threads = 3;
  shared_mutex m;
  env::plain<int> a, b;
  void thread(int id) {
    if (id == 0) {
      m.lock_shared();
      env::check(a.read() == b.read(), "no write is seen in half");
      m.unlock_shared();
    } else {
      m.lock();
      a.write(a.read() + id);
      b.write(b.read() + id);
      m.unlock();
    }
  }
};
MODEL_TEST(SharedMutex, ReaderAndTwoWritersHaveSixOrders, (reader_and_writers), executions(6));
MODEL_TEST_FAILS(SharedMutex, RelaxedGivingBackOfAShareRaces, (reader_and_writers),
                 failure::data_race,
                 {.overrides = {{"shared_mutex.unlock_shared", order::relaxed}}});

struct two_readers_and_a_writer {
  static constexpr int threads = 3;
  shared_mutex m;
  env::plain<int> n;
  void thread(int id) {
    if (id == 2) {
      m.lock();
      n.write(n.read() + 1);
      m.unlock();
    } else {
      m.lock_shared();
      n.read();
      m.unlock_shared();
    }
  }
};
// The writer first or last: 6 each; between the readers: 2.
MODEL_TEST(SharedMutex, WriterIsAloneAmongReaders, (two_readers_and_a_writer), executions(14));

struct upgrades {
  static constexpr int threads = 2;
  shared_mutex m;
  void thread(int) {
    m.lock_shared();
    m.lock();
  }
};
MODEL_TEST_FAILS(SharedMutex, LockByAReaderWaitsForItself, (upgrades), failure::deadlock);

struct gives_back_nothing {
  static constexpr int threads = 1;
  shared_mutex m;
  void thread(int) { m.unlock_shared(); }
};
MODEL_TEST_FAILS(SharedMutex, ShareThatNobodyHasIsNotGivenBack, (gives_back_nothing),
                 failure::misuse);

struct reads_where_writes_are_due {
  static constexpr int threads = 2;
  shared_mutex m;
  env::plain<int> n;
  void thread(int) {
    m.lock_shared();
    n.write(n.read() + 1);
    m.unlock_shared();
  }
};
MODEL_TEST_FAILS(SharedMutex, WritersThatOnlyShareRace, (reads_where_writes_are_due),
                 failure::data_race);

}  // namespace
}  // namespace wyn
