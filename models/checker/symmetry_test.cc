// Symmetric threads: one execution of each class of permutations, every kind of failure all the
// same, and threads that are not symmetric are refused.
#include <gtest/gtest.h>

#include <cstdint>
#include <new>
#include <string>

#include "models/checker/gtest.h"
#include "models/checker/sync/condition_variable.h"
#include "models/checker/sync/mutex.h"
#include "models/checker/testing/canonical_graphs.h"
#include "models/env/env_checker.h"

namespace wyn {
namespace {

using env = env_checker;
using model::failure;
using model::thread_group;
using model::verdict;
using model::verdict_kind;

constexpr site<"relaxed", order::relaxed> relaxed{};
constexpr site<"acquire", order::acquire> acquire{};
constexpr site<"release", order::release> release{};
constexpr site<"acq_rel", order::acq_rel> acq_rel{};
constexpr site<"seq_cst", order::seq_cst> seq_cst{};

struct explored {
  verdict result;
  std::set<std::string> classes;
};

template <class Program>
explored explore(bool symmetry, model::memory_model m) {
  const model::program p = model::program_of<Program>();
  model::canonical_graphs graphs(p);
  model::options o;
  o.model = m;
  o.symmetry = symmetry;
  o.count_duplicates = true;
  o.watched_by = &graphs;
  explored e{model::check(p, o), {}};
  e.classes = graphs.keys();
  return e;
}

// The same classes with the reduction and without, under every memory model, and one execution of
// each; `off` and `on` are the executions under rc11_20.
template <class Program>
void expect_same_classes(std::uint64_t off, std::uint64_t on) {
  using enum model::memory_model;
  for (const auto m : {rc11_20, rc11, sc, tso}) {
    const explored without = explore<Program>(false, m);
    const explored with = explore<Program>(true, m);
    SCOPED_TRACE(to_string(m));
    EXPECT_EQ(without.result.kind, verdict_kind::pass) << without.result.report;
    EXPECT_EQ(with.result.kind, verdict_kind::pass) << with.result.report;
    EXPECT_EQ(with.classes, without.classes);
    EXPECT_EQ(with.result.executions, with.classes.size());
    EXPECT_EQ(with.result.duplicates, 0u);
    if (m == rc11_20) {
      EXPECT_EQ(without.result.executions, off);
      EXPECT_EQ(with.result.executions, on);
    }
  }
}

template <class Program>
void expect_failure_with_both(failure kind) {
  for (const bool symmetry : {false, true}) {
    const verdict v = model::check<Program>({.check_leaks = true, .symmetry = symmetry});
    EXPECT_EQ(v.kind, verdict_kind::fail) << v.report;
    EXPECT_EQ(v.failure, kind) << v.report;
  }
}

template <class Program>
void expect_refused(const char* because) {
  const verdict v = model::check<Program>();
  EXPECT_EQ(v.kind, verdict_kind::model_error) << v.report;
  EXPECT_NE(v.message.find(because), std::string::npos) << v.report;
}

// ---- one of each class ----

template <int Threads>
struct adders {
  static constexpr int threads = Threads;
  static constexpr bool symmetric = true;
  env::atomic<int> sum;
  void thread(int) { sum.fetch_add(1, relaxed); }
  void after() { env::check(sum.load(relaxed) == Threads, "all are counted"); }
};
TEST(Symmetry, AddersHaveOneExecutionInPlaceOfAllOrders) {
  expect_same_classes<adders<3>>(6, 1);
  expect_same_classes<adders<5>>(120, 1);
}
MODEL_TEST(Symmetry, NineAddersHaveOneExecution, (adders<9>), executions(1));

struct readers {
  static constexpr int threads = 4;
  static constexpr thread_group symmetric = {1, 3};
  env::atomic<int> data, ready;
  void thread(int id) {
    if (id == 0) return data.store(1, relaxed), ready.store(1, release);
    if (ready.load(acquire) == 1) env::check(data.load(relaxed) == 1, "what came before");
  }
};
TEST(Symmetry, ReadersCountByHowManySeeTheWrite) { expect_same_classes<readers>(8, 4); }

// Two groups that depend on each other.
struct producers_and_consumers {
  static constexpr int threads = 4;
  static constexpr thread_group symmetric[] = {{0, 2}, {2, 2}};
  env::atomic<int> x, y;
  void thread(int id) {
    if (id < 2) {
      y.load(relaxed);
      x.store(1, relaxed);
    } else {
      x.load(relaxed);
      y.store(1, relaxed);
    }
  }
};
TEST(Symmetry, GroupsThatLookAtEachOther) {
  expect_same_classes<producers_and_consumers>(180, 45);
}

struct locked_counter {
  env::atomic<int> counter;
  void enter() { counter.store(counter.load(relaxed) + 1, relaxed); }
};

struct ttas_lock : locked_counter {
  static constexpr int threads = 3;
  static constexpr bool symmetric = true;
  env::atomic<int> locked;
  void thread(int) {
    for (;;) {
      int free = 0;
      if (locked.load(relaxed) == 0 && locked.compare_exchange(free, 1, acq_rel)) break;
      env::pause();
    }
    enter();
    locked.store(0, release);
  }
};
TEST(Symmetry, SpinLock) { expect_same_classes<ttas_lock>(36, 6); }

struct ticket_lock : locked_counter {
  static constexpr int threads = 3;
  static constexpr bool symmetric = true;
  env::atomic<int> next, serving;
  void thread(int) {
    const int mine = next.fetch_add(1, relaxed);
    while (serving.load(acquire) != mine) env::pause();
    enter();
    serving.store(mine + 1, release);
  }
};
TEST(Symmetry, TicketLock) { expect_same_classes<ticket_lock>(6, 1); }

struct mutex_users {
  static constexpr int threads = 3;
  static constexpr bool symmetric = true;
  model::mutex mutex;
  env::plain<int> counter;
  void thread(int) {
    mutex.lock();
    counter.write(counter.read() + 1);
    mutex.unlock();
  }
  void after() { env::check(counter.read() == 3, "no increment is lost"); }
};
TEST(Symmetry, Mutex) { expect_same_classes<mutex_users>(6, 1); }

struct waiters {
  static constexpr int threads = 3;
  static constexpr thread_group symmetric = {1, 2};
  model::mutex mutex;
  model::condition_variable changed;
  env::plain<int> ready;
  void thread(int id) {
    mutex.lock();
    if (id == 0) {
      ready.write(1);
      changed.notify_all();
    } else {
      while (ready.read() == 0) changed.wait(mutex);
    }
    mutex.unlock();
  }
};
// A condition variable has a word for each thread, which the keys of graphs take for different
// ones: two of the classes without the reduction are one.
TEST(Symmetry, ConditionVariable) {
  for (const auto m : {model::memory_model::rc11_20, model::memory_model::sc}) {
    const explored without = explore<waiters>(false, m);
    const explored with = explore<waiters>(true, m);
    EXPECT_EQ(without.result.executions, 10u);
    EXPECT_EQ(with.result.kind, verdict_kind::pass) << with.result.report;
    EXPECT_EQ(with.result.executions, 5u);
    for (const std::string& key : with.classes) EXPECT_TRUE(without.classes.contains(key));
  }
}

// Nodes in memory of the thread's own: an event on one is the twin of the event on the other.
template <bool Broken = false>
struct pushers {
  static constexpr int threads = 3;
  static constexpr bool symmetric = true;
  struct node {
    env::plain<int> value;
    env::atomic<node*> next;
  };
  env::atomic<node*> head{nullptr};
  void thread(int) {
    node* n = ::new (env::allocate(sizeof(node), alignof(node))) node();
    node* old = head.load(acquire);
    do {
      n->next.store(old, relaxed);
      if (Broken) n->value.write(1);
    } while (!head.compare_exchange(old, n, acq_rel));
    if (Broken && old != nullptr) old->value.write(2);
  }
  void after() {
    int nodes = 0;
    for (node* n = head.load(acquire); n != nullptr; n = n->next.load(relaxed)) ++nodes;
    env::check(nodes == 3, "all nodes are there");
  }
};
TEST(Symmetry, NodesOfTheirOwn) { expect_same_classes<pushers<>>(48, 8); }

struct choosers {
  static constexpr int threads = 3;
  static constexpr bool symmetric = true;
  env::atomic<int> sum;
  void thread(int) { sum.fetch_add(model::calls::choose(3), relaxed); }
};
TEST(Symmetry, Choices) { expect_same_classes<choosers>(162, 27); }

// The order of two events is settled by what they depend on, not by modification order: thread 2
// writes something older than what the first of the others read, because of what it read.
struct late_and_older {
  static constexpr int threads = 4;
  static constexpr thread_group symmetric = {0, 2};
  env::atomic<int> x, y;
  void thread(int id) {
    if (id < 2) {
      const int seen = x.load(relaxed);
      y.fetch_add(seen, relaxed);
    } else if (id == 2) {
      if (y.load(relaxed) != 0) x.store(2, relaxed);
    } else {
      x.store(1, relaxed);
    }
  }
};
TEST(Symmetry, DependencesAgainstModificationOrder) {
  expect_same_classes<late_and_older>(38, 19);
}

// ---- failures ----

struct lost_update {
  static constexpr int threads = 3;
  static constexpr bool symmetric = true;
  env::atomic<int> counter;
  void thread(int) { counter.store(counter.load(relaxed) + 1, relaxed); }
  void after() { env::check(counter.load(relaxed) == 3, "no increment is lost"); }
};
struct racing {
  static constexpr int threads = 3;
  static constexpr bool symmetric = true;
  env::atomic<int> turn;
  env::plain<int> data;
  void thread(int) {
    if (turn.fetch_add(1, relaxed) != 1) data.write(1);
  }
};
struct two_locks {
  static constexpr int threads = 4;
  static constexpr thread_group symmetric[] = {{0, 2}, {2, 2}};
  model::mutex a, b;
  void thread(int id) {
    (id < 2 ? a : b).lock();
    (id < 2 ? b : a).lock();
    (id < 2 ? b : a).unlock();
    (id < 2 ? a : b).unlock();
  }
};
struct sleepers {
  static constexpr int threads = 3;
  static constexpr thread_group symmetric = {0, 2};
  env::atomic<std::uint64_t> word;
  void thread(int id) {
    if (id < 2) return env::wait_upper(word, 0);
    word.store(std::uint64_t{1} << 32, seq_cst);
    env::wake_upper(word, 1);
  }
};
struct spinners {
  static constexpr int threads = 2;
  static constexpr bool symmetric = true;
  env::atomic<int> arrived;
  void thread(int) {
    arrived.fetch_add(1, relaxed);
    while (arrived.load(relaxed) != 3) env::pause();
  }
};
struct freed_by_the_last {
  static constexpr int threads = 3;
  static constexpr bool symmetric = true;
  env::atomic<int> owners{3};
  int* data = nullptr;
  void before() { data = static_cast<int*>(env::allocate(sizeof(int), alignof(int))); }
  void thread(int) {
    if (owners.fetch_add(-1, relaxed) <= 2) env::deallocate(data, sizeof(int), alignof(int));
  }
};
struct leaked {
  static constexpr int threads = 2;
  static constexpr bool symmetric = true;
  env::atomic<int*> slot{nullptr};
  void thread(int) {
    int* mine = static_cast<int*>(env::allocate(sizeof(int), alignof(int)));
    int* other = slot.exchange(mine, acq_rel);
    if (other != nullptr) env::deallocate(other, sizeof(int), alignof(int));
  }
};
TEST(SymmetryFailures, AreFoundWithTheReductionAndWithout) {
  expect_failure_with_both<lost_update>(failure::assertion);
  expect_failure_with_both<racing>(failure::data_race);
  expect_failure_with_both<pushers<true>>(failure::leak);
  expect_failure_with_both<two_locks>(failure::deadlock);
  expect_failure_with_both<sleepers>(failure::lost_wakeup);
  expect_failure_with_both<spinners>(failure::livelock);
  expect_failure_with_both<freed_by_the_last>(failure::double_free);
  expect_failure_with_both<leaked>(failure::leak);
}

// ---- what is not symmetric ----

struct writes_its_id {
  static constexpr int threads = 2;
  static constexpr bool symmetric = true;
  env::atomic<int> x;
  void thread(int id) { x.store(id, relaxed); }
};
TEST(SymmetryRefused, ValueThatDependsOnTheId) {
  expect_refused<writes_its_id>("threads 0 and 1 are not symmetric");
}

struct has_its_slot {
  static constexpr int threads = 2;
  static constexpr bool symmetric = true;
  env::atomic<int> slots[2];
  void thread(int id) { slots[id].load(relaxed); }
};
TEST(SymmetryRefused, LocationThatDependsOnTheId) {
  expect_refused<has_its_slot>("after the same 0 events");
}

struct one_does_more {
  static constexpr int threads = 2;
  static constexpr bool symmetric = true;
  env::atomic<int> x;
  void thread(int id) {
    x.load(relaxed);
    if (id == 1) x.load(acquire);
  }
};
struct one_does_less {
  static constexpr int threads = 2;
  static constexpr bool symmetric = true;
  env::atomic<int> x;
  void thread(int id) {
    x.load(relaxed);
    if (id == 0) x.load(acquire);
  }
};
TEST(SymmetryRefused, ThreadThatEndsBeforeTheOther) {
  expect_refused<one_does_more>("thread 0: it ends");
  expect_refused<one_does_less>("thread 1: it ends");
}

struct chooses_before {
  static constexpr int threads = 2;
  static constexpr bool symmetric = true;
  void before() { model::calls::choose(2); }
  void thread(int) {}
};
TEST(SymmetryRefused, ChoicesBeforeTheThreads) { expect_refused<chooses_before>("before()"); }

struct group_outside : chooses_before {
  static constexpr thread_group symmetric = {1, 2};
};
struct groups_overlap : chooses_before {
  static constexpr thread_group symmetric[] = {{0, 2}, {1, 1}};
};
TEST(SymmetryRefused, GroupsThatAreNone) {
  expect_refused<group_outside>("{1, 2}, is not among the 2 threads");
  expect_refused<groups_overlap>("thread 1 belongs to two groups");
}

// What a thread does with plain data is seen where executions are run with threads exchanged.
struct judges_by_id {
  static constexpr int threads = 2;
  static constexpr bool symmetric = true;
  env::atomic<int> x;
  int seen[2] = {};
  void thread(int id) { seen[id] = x.fetch_add(1, relaxed); }
  void after() { env::check(seen[0] == 0, "thread 0 is the first"); }
};
TEST(SymmetryRefused, JudgementThatDependsOnTheIdIsAFailure) {
  const verdict v = model::check<judges_by_id>();
  EXPECT_EQ(v.failure, failure::assertion) << v.report;
  EXPECT_FALSE(v.replay.empty());
  const verdict again = model::check<judges_by_id>({.replay = v.replay});
  EXPECT_EQ(again.failure, failure::assertion) << again.report;
}

// ---- with the rest of the checker ----

TEST(SymmetryOptions, ReportSaysWhatWasDone) {
  EXPECT_NE(model::check<readers>().report.find("symmetry threads 1-3"), std::string::npos);
  const verdict off = model::check<readers>({.symmetry = false});
  EXPECT_NE(off.report.find("symmetry not used: options::symmetry is false"), std::string::npos);
  const verdict reuse = model::check<readers>({.reuse_addresses = true});
  EXPECT_EQ(reuse.executions, 8u);
  EXPECT_NE(reuse.report.find("not used: memory is used again"), std::string::npos);
}

struct outcomes {
  static constexpr int threads = 2;
  static constexpr bool symmetric = true;
  env::atomic<int> x;
  int seen[2] = {};
  void thread(int id) { seen[id] = x.fetch_add(1, relaxed); }
  void after() {
    model::calls::outcome("r0", seen[0]);
    model::calls::outcome("r1", seen[1]);
  }
};
TEST(SymmetryOptions, NamedOutcomesTurnItOff) {
  EXPECT_EQ(model::check<outcomes>().executions, 1u);
  const verdict v = model::check<outcomes>({.forbidden = {"r0=1 r1=0"}});
  EXPECT_EQ(v.failure, failure::assertion) << v.report;
}

struct larger {
  static constexpr int threads = 4;
  static constexpr thread_group symmetric = {0, 3};
  env::atomic<int> x, y;
  void thread(int id) {
    if (id == 3) return x.store(1, relaxed), y.store(1, relaxed);
    y.load(relaxed);
    x.fetch_add(1, relaxed);
    y.store(2, relaxed);
  }
};
TEST(SymmetryOptions, SeveralExplorersAndSharesCountTheSame) {
  const std::uint64_t all = model::check<larger>().executions;
  const explored off = explore<larger>(false, model::memory_model::rc11_20);
  EXPECT_EQ(all, off.classes.size());
  EXPECT_EQ(model::check<larger>({.jobs = 4}).executions, all);
  std::uint64_t sum = 0;
  for (int n = 0; n < 3; ++n) {
    const verdict v = model::check<larger>({.shard = {n, 3}});
    EXPECT_TRUE(v.explored) << v.report;
    sum += v.executions;
  }
  EXPECT_EQ(sum, all);
}

}  // namespace
}  // namespace wyn
