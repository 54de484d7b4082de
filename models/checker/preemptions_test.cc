// The bound on preemptions as a user meets it; preemptions_random_test has its exactness.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "models/checker/checker.h"
#include "models/checker/gtest.h"
#include "models/checker/sync/mutex.h"
#include "models/checker/testing/sample_models.h"
#include "models/env/env_checker.h"

namespace wyn {
namespace {

using env = env_checker;
using explore_samples::relaxed;
using model::memory_model;
using model::operation;
using model::operation_kind;
using model::verdict;
using model::verdict_kind;

// One execution: who must not go on in another way is stopped by assume(). The writer is stopped
// behind `a`, so that both waiters wait for it, which is free. To let it go on costs a stop of each
// of them, in front of their last loads.
struct early_stop {
  static constexpr int threads = 4;
  using word = env::atomic<std::uint64_t>;
  word a{0}, awaited{0}, last{0};
  word begun[2];

  static void read_one(word& x) { env::assume(x.load(relaxed) == 1); }
  void wait() {
    operation op;
    op.kind = operation_kind::await_change;
    op.site = "wait";
    model::calls::atomic_access(&awaited, op);
  }
  void thread(int id) {
    if (id == 0) {
      a.store(1, relaxed);
      awaited.store(1, relaxed);
    } else if (id == 3) {
      read_one(begun[0]);
      read_one(begun[1]);
      last.store(1, relaxed);
    } else {
      read_one(a);
      begun[id - 1].store(1, relaxed);
      wait();
      read_one(last);
    }
  }
};
TEST(Preemptions, StopInFrontOfAnAwaitedWriteMayBeTheBest) {
  for (const memory_model m : {memory_model::sc, memory_model::rc11_20}) {
    EXPECT_EQ(model::check<early_stop>({.model = m}).executions, 1u);
    EXPECT_EQ(model::check<early_stop>({.model = m, .max_preemptions = 0}).executions, 0u);
    EXPECT_EQ(model::check<early_stop>({.model = m, .max_preemptions = 1}).executions, 1u);
  }
}

using explore_samples::lossy_counter;
TEST(Preemptions, UpdateIsLostByOneUnderScAndByNoneWhereReadsMayBeStale) {
  using outcomes = std::vector<model::outcome_count>;
  constexpr memory_model sc = memory_model::sc;
  const verdict none = model::check<lossy_counter<1>>({.model = sc, .max_preemptions = 0});
  EXPECT_EQ(none.kind, verdict_kind::bounded) << none.report;
  EXPECT_TRUE(none.explored);
  EXPECT_EQ(none.outcomes, (outcomes{{"sum=2", 2}}));
  const verdict one = model::check<lossy_counter<1>>({.model = sc, .max_preemptions = 1});
  EXPECT_EQ(one.kind, verdict_kind::pass) << one.report;
  EXPECT_EQ(one.outcomes, (outcomes{{"sum=1", 2}, {"sum=2", 2}}));
  const verdict stale = model::check<lossy_counter<1>>({.max_preemptions = 0});
  EXPECT_EQ(stale.kind, verdict_kind::pass) << stale.report;
  EXPECT_EQ(stale.outcomes, one.outcomes);
}

// What is met on the way beyond the bound is an execution of the program all the same.
struct lost_update : lossy_counter<1> {
  void after() { env::check(sum.load(relaxed) == 2, "both are counted"); }
};
TEST(Preemptions, FailureThatIsMetBeyondTheBoundIsReported) {
  const verdict v = model::check<lost_update>({.model = memory_model::sc, .max_preemptions = 0});
  EXPECT_EQ(v.failure, model::failure::assertion) << v.report;
  EXPECT_NE(v.report.find("1 preemption"), std::string::npos) << v.report;
  EXPECT_EQ(v.report.find("all were looked at"), std::string::npos) << v.report;
}

struct two_locks {
  static constexpr int threads = 2;
  model::mutex mutex;
  env::atomic<int> x{0};
  void thread(int id) {
    for (int n = 0; n < 2; ++n) {
      mutex.lock();
      x.store(id, relaxed);
      mutex.unlock();
    }
  }
};
// Six orders of four critical sections: two of them without a stop in front of a free lock, two
// with one, and so on.
TEST(Preemptions, ThreadThatWaitsForALockIsNotStopped) {
  const std::uint64_t by_bound[] = {2, 4, 6};
  for (int bound = 0; bound < 3; ++bound) {
    const verdict v = model::check<two_locks>({.max_preemptions = bound});
    EXPECT_EQ(v.executions, by_bound[bound]) << v.report;
  }
}

template <class Program>
void expect_counts_to_grow(memory_model m) {
  const verdict all = model::check<Program>({.model = m});
  ASSERT_EQ(all.kind, verdict_kind::pass);
  std::uint64_t last = 0;
  for (int bound = 0;; ++bound) {
    const verdict v = model::check<Program>({.model = m, .max_preemptions = bound});
    EXPECT_TRUE(v.explored) << v.report;
    EXPECT_GE(v.executions, last);
    EXPECT_LE(v.executions, all.executions);
    EXPECT_EQ(v.kind == verdict_kind::pass, v.beyond + v.cut_off == 0);
    last = v.executions;
    if (v.kind == verdict_kind::pass) break;
    EXPECT_EQ(v.kind, verdict_kind::bounded) << v.report;
    ASSERT_LT(bound, 30);
  }
  EXPECT_EQ(last, all.executions);
}
TEST(Preemptions, CountsGrowWithTheBoundUpToAll) {
  using namespace explore_samples;
  for (const memory_model m : {memory_model::sc, memory_model::rc11_20, memory_model::tso}) {
    expect_counts_to_grow<fib_bench<2>>(m);
    expect_counts_to_grow<tagged_stack<1>>(m);
    expect_counts_to_grow<lossy_counter<3>>(m);
  }
}

TEST(Preemptions, JobsSharesAndCheckpointsAddUp) {
  using explore_samples::fib_bench;
  const model::options o{.model = memory_model::sc, .max_preemptions = 2};
  const verdict whole = model::check<fib_bench<3>>(o);
  EXPECT_EQ(whole.kind, verdict_kind::bounded);
  model::options jobs = o;
  jobs.jobs = 3;
  const verdict parallel = model::check<fib_bench<3>>(jobs);
  EXPECT_EQ(parallel.report, whole.report);
  std::uint64_t executions = 0;
  std::uint64_t beyond = 0;
  for (int i = 0; i < 3; ++i) {
    model::options share = o;
    share.shard = {i, 3};
    const verdict v = model::check<fib_bench<3>>(share);
    EXPECT_TRUE(v.explored);
    executions += v.executions;
    beyond += v.beyond;
  }
  EXPECT_EQ(executions, whole.executions);
  EXPECT_EQ(beyond, whole.beyond);
  model::options piece = o;
  piece.checkpoint = ::testing::TempDir() + "/preemptions.checkpoint";
  std::remove(piece.checkpoint.c_str());
  piece.max_executions = whole.runs / 3;
  verdict v = model::check<fib_bench<3>>(piece);
  for (int pieces = 1; !v.explored && pieces < 10; ++pieces) v = model::check<fib_bench<3>>(piece);
  EXPECT_EQ(v.message, whole.message);
  EXPECT_EQ(v.cut_off, whole.cut_off);
}

TEST(Preemptions, SampleTakesNoBound) {
  const verdict v = model::check<lost_update>(
      {.max_preemptions = 1, .mode = model::exploration_mode::random});
  EXPECT_EQ(v.kind, verdict_kind::model_error);
  EXPECT_NE(v.message.find("options::depth"), std::string::npos) << v.message;
  EXPECT_EQ(model::check<lost_update>({.max_preemptions = -2}).kind, verdict_kind::model_error);
}

MODEL_TEST(PreemptionsOfAModelTest, GoldenNumberIsThatWithinTheBound, (two_locks),
           executions_within(2), {.max_preemptions = 0});

}  // namespace
}  // namespace wyn
