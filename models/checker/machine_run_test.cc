// Executions that RC11 allows and no machine of views performs: verdict::no_machine_run.
#include <gtest/gtest.h>

#include <string>

#include "models/checker/checker.h"
#include "models/checker/report/json.h"
#include "models/checker/testing/small_programs.h"

namespace wyn::model {
namespace {

using env = env_checker;
using small_programs::isa2;
using relaxed_isa2 = isa2<order::seq_cst, order::seq_cst, order::relaxed>;

constexpr site<"acquire", order::acquire> acquire{};
constexpr site<"seq_cst", order::seq_cst> seq_cst{};

TEST(MachineRun, OneExecutionOfIsa2HasNone) {
  const verdict v = check<relaxed_isa2>();
  EXPECT_EQ(v.kind, verdict_kind::pass);
  EXPECT_EQ(v.executions, 8u);
  EXPECT_EQ(v.no_machine_run, 1u);
}

TEST(MachineRun, TheExecutionThatHasNoneIsAllowedByRc11) {
  options o;
  o.reachable = {"y=1 z=1 x=0"};
  EXPECT_EQ(check<relaxed_isa2>(o).kind, verdict_kind::pass);
}

// What follows the one message that does not synchronise is happens-before, and that is psc.
TEST(MachineRun, AReleaseInTheMiddleIsEnough) {
  EXPECT_EQ((check<isa2<order::seq_cst, order::seq_cst, order::release>>().no_machine_run), 0u);
}

TEST(MachineRun, IsNotMissedWithoutTwoSeqCstFences) {
  EXPECT_EQ((check<isa2<order::seq_cst, order::acq_rel, order::relaxed>>().no_machine_run), 0u);
  EXPECT_EQ((check<isa2<order::acq_rel, order::acq_rel, order::relaxed>>().no_machine_run), 0u);
}

TEST(MachineRun, IsMissedWithAHeavyAndALightFenceToo) {
  EXPECT_EQ((check<isa2<order::heavy, order::light, order::relaxed>>().no_machine_run), 1u);
  EXPECT_EQ((check<isa2<order::light, order::heavy, order::relaxed>>().no_machine_run), 1u);
}

TEST(MachineRun, IsAQuestionForRc11Alone) {
  options o;
  o.model = memory_model::rc11;
  EXPECT_EQ(check<relaxed_isa2>(o).no_machine_run, 1u);
  for (const memory_model m : {memory_model::sc, memory_model::tso}) {
    o.model = m;
    EXPECT_EQ(check<relaxed_isa2>(o).no_machine_run, 0u) << to_string(m);
  }
}

TEST(MachineRun, IsCountedAlikeBySeveralExplorersAndInShares) {
  options o;
  o.jobs = 3;
  EXPECT_EQ(check<relaxed_isa2>(o).no_machine_run, 1u);
  options shares;
  std::uint64_t sum = 0;
  for (int i = 0; i < 3; ++i) {
    shares.shard = {i, 3};
    sum += check<relaxed_isa2>(shares).no_machine_run;
  }
  EXPECT_EQ(sum, 1u);
}

TEST(MachineRun, StandsInTheReports) {
  const verdict v = check<relaxed_isa2>();
  EXPECT_NE(v.report.find("1 execution that no machine of views runs"), std::string::npos)
      << v.report;
  EXPECT_NE(json_of(v).find("\"no_machine_run\": 1"), std::string::npos);
}

// With accesses in place of fences two threads are enough: the load of x is before the store in
// psc, and the relaxed message from the store to the load is no part of it.
template <order Message>
struct two_threads {
  static constexpr int threads = 2;
  static constexpr site<"message", Message> message{};
  void thread(int id) {
    if (id == 0) {
      x.store(1, seq_cst);
      y.store(1, message);
    } else {
      y.load(acquire);
      x.load(seq_cst);
    }
  }
  env::atomic<int> x{0};
  env::atomic<int> y{0};
};

TEST(MachineRun, TwoThreadsAreEnoughWithSeqCstAccesses) {
  EXPECT_EQ(check<two_threads<order::relaxed>>().no_machine_run, 1u);
  EXPECT_EQ(check<two_threads<order::release>>().no_machine_run, 0u);
}

// The halves of an asymmetric fence are ordered in pairs, and a light fence with a seq_cst one is
// none: what the light one shows the heavy one, a later seq_cst fence need not know, unless it
// follows the heavy one in happens-before. A machine whose heavy fence puts it into the global view
// misses such executions, though po, rf and psc have no cycle in them.
template <order Message>
struct light_heavy_full {
  static constexpr int threads = 4;
  static constexpr site<"relaxed", order::relaxed> relaxed{};
  static constexpr site<"release", order::release> release{};
  static constexpr site<"message", Message> message{};
  static constexpr site<"light", order::light> light{};
  static constexpr site<"heavy", order::heavy> heavy{};
  void thread(int id) {
    if (id == 0) {
      x.store(1, relaxed);
      env::fence(light);
      seen[0] = y.load(relaxed);
    } else if (id == 1) {
      y.store(1, relaxed);
      env::fence(heavy);
      z.store(1, relaxed);
    } else if (id == 2) {
      seen[1] = z.load(message);
      w.store(1, release);
    } else {
      seen[2] = w.load(relaxed);
      env::fence(seq_cst);
      seen[3] = x.load(relaxed);
    }
  }
  void after() {
    env::outcome("y", seen[0]);
    env::outcome("z", seen[1]);
    env::outcome("w", seen[2]);
    env::outcome("x", seen[3]);
  }
  env::atomic<int> x{0};
  env::atomic<int> y{0};
  env::atomic<int> z{0};
  env::atomic<int> w{0};
  int seen[4] = {};
};

TEST(MachineRun, AFullFenceDoesNotKnowWhatAHeavyOneDoes) {
  options o;
  o.reachable = {"y=0 z=1 w=1 x=0"};
  const verdict v = check<light_heavy_full<order::relaxed>>(o);
  EXPECT_EQ(v.kind, verdict_kind::pass) << v.report;
  EXPECT_EQ(v.no_machine_run, 0u);
  options in_happens_before;
  in_happens_before.forbidden = o.reachable;
  EXPECT_EQ(check<light_heavy_full<order::acquire>>(in_happens_before).kind, verdict_kind::pass);
}

}  // namespace
}  // namespace wyn::model
