#include "models/checker/tools/repair.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/deque/deque_orders.h"
#include "models/checker/testing/small_programs.h"
#include "models/deque/two_items.h"

namespace wyn::model {
namespace {

using namespace small_programs;  // NOLINT: the programs of these tests

template <class Program>
repair_report repair_of(const tool_options& o = {}) {
  return repair(program_of<Program>(), o);
}

using lines = std::vector<std::string>;

TEST(Repair, OfARelaxedStoreIsARelease) {
  EXPECT_EQ((repair_of<message_passing<order::relaxed, order::acquire>>().fix_lines()),
            (lines{"M2 flag.store -> release (x86: free; Arm: stlr) removes it.",
                   "Tried singly and not enough: M1 data.store, M3 flag.load."}));
}

TEST(Repair, OfTwoRelaxedAccessesIsAPair) {
  EXPECT_EQ((repair_of<message_passing<order::relaxed, order::relaxed>>().fix_lines()),
            (lines{"M2 flag.store -> release (x86: free; Arm: stlr) and M3 flag.load -> acquire "
                   "(x86: free; Arm: ldapr) together remove it.",
                   "Tried singly and not enough: M1 data.store, M2 flag.store, M3 flag.load.",
                   "All 3 pairs were tried."}));
}

TEST(Repair, OfDekkerIsTwoFences) {
  EXPECT_EQ((repair_of<dekker<order::none>>().fix_lines()),
            (lines{"K2 first.fence -> seq_cst (x86: a locked instruction; Arm: dmb ish) and K5 "
                   "second.fence -> seq_cst (x86: a locked instruction; Arm: dmb ish) together "
                   "remove it.",
                   "Tried singly and not enough: K1 first.store, K2 first.fence, K3 first.load, K4 "
                   "second.store, K5 second.fence, K6 second.load.",
                   "All 15 pairs were tried."}));
}

TEST(Repair, OfTheDequeWithoutPopsFenceIsThatFence) {
  tool_options o;
  o.check.overrides = {{"DF7", order::acq_rel, {}}};
  const repair_report r =
      repair_of<deque_models::two_items<env_checker, deque_fence_orders>>(o);
  ASSERT_EQ(r.sets.size(), 1u);
  EXPECT_EQ(r.sets[0].text(),
            "DF7 pop.fence -> seq_cst (x86: a locked instruction; Arm: dmb ish)");
  EXPECT_EQ(r.not_enough.size(), 16u);
}

TEST(Repair, OfCodeWithStdAtomicNamesLines) {
  tool_options o;
  o.check.overrides = {{"michael_scott_queue.h:29", order::relaxed, {}}};
  const repair_report r = repair_of<check::with_new<one_message>>(o);
  ASSERT_EQ(r.sets.size(), 1u);
  EXPECT_EQ(r.sets[0].text(),
            "michael_scott_queue.h:29 compare_exchange -> release (x86: free, locked anyway; Arm: "
            "ldaddl, casl)");
}

struct wrong_whatever_the_order {
  static constexpr int threads = 2;
  static constexpr site<"W1 load", order::relaxed> load{};
  static constexpr site<"W2 store", order::relaxed> store{};
  void thread(int) { x.store(x.load(load) + 1, store); }
  void after() { env_checker::check(x.load(load) == 2, "no increment is lost"); }
  atomic<int> x{0};
};

TEST(Repair, SaysThatTheFaultIsNotInTheOrders) {
  const repair_report r = repair_of<wrong_whatever_the_order>();
  EXPECT_TRUE(r.sets.empty());
  EXPECT_EQ(r.problem,
            "no order repairs it: with every site at its strongest it is assertion: no increment "
            "is lost");
}

TEST(Repair, OfAProgramThatPassesIsNone) {
  const repair_report r = repair_of<message_passing<order::release, order::acquire>>();
  EXPECT_EQ(r.problem, "there is nothing to repair: PASS, 2 executions");
}

TEST(Repair, SaysWhenItIsBounded) {
  tool_options o;
  o.max_executions = 1;
  const repair_report r = repair_of<dekker<order::none>>(o);
  // With so little explored nothing fails.
  EXPECT_EQ(r.problem.substr(0, 38), "there is nothing to repair: BOUNDED, s");
}

// Three threads pass a token on; the last one sees what the first one wrote only if all of them
// synchronise.
struct relay {
  static constexpr int threads = 3;
  static constexpr site<"R1 a.store", order::relaxed> store_a{};
  static constexpr site<"R2 a.load", order::relaxed> load_a{};
  static constexpr site<"R3 b.store", order::relaxed> store_b{};
  static constexpr site<"R4 b.load", order::relaxed> load_b{};
  void thread(int id) {
    if (id == 0) {
      data.write(1);
      a.store(1, store_a);
    } else if (id == 1) {
      if (a.load(load_a) == 1) b.store(1, store_b);
    } else if (b.load(load_b) == 1) {
      env_checker::check(data.read() == 1, "the data has come along");
    }
  }
  plain<int> data;
  atomic<int> a{0};
  atomic<int> b{0};
};

TEST(Repair, FindsASetOfFour) {
  EXPECT_EQ(repair_of<relay>().fix_lines(),
            (lines{"R1 a.store -> release (x86: free; Arm: stlr) and R2 a.load -> acquire (x86: "
                   "free; Arm: ldapr) and R3 b.store -> release (x86: free; Arm: stlr) and R4 "
                   "b.load -> acquire (x86: free; Arm: ldapr) together remove it.",
                   "Tried singly and not enough: R1 a.store, R2 a.load, R3 b.store, R4 b.load.",
                   "All 6 pairs were tried."}));
}

// Loads of seq_cst cost nothing on x86, and stores do: the pair of the two stores comes last. Were
// it among the first two, none of them would repair, and leaving out would be tried.
TEST(Repair, TriesThePairsThatCostLeastFirstUpToItsBound) {
  tool_options o;
  o.max_pair_checks = 2;
  const repair_report r = repair_of<message_passing<order::relaxed, order::relaxed>>(o);
  EXPECT_EQ(r.all_pairs, 3u);
  EXPECT_EQ(r.tried_pairs, 2u);
  EXPECT_EQ(r.fix_lines().back(),
            "Of 3 pairs 2 were tried (options::max_pair_checks, a bound on the checks).");
  ASSERT_EQ(r.sets.size(), 1u) << r.text();
  o.max_pair_checks = 0;
  EXPECT_EQ(r.checks + 1, (repair_of<message_passing<order::relaxed, order::relaxed>>(o).checks));
  EXPECT_EQ((repair_of<message_passing<order::relaxed, order::relaxed>>(o).tried_pairs), 3u);
}

TEST(Repair, StandsInTheReport) {
  const verdict v = with_fix(repair_of<message_passing<order::relaxed, order::acquire>>());
  EXPECT_NE(v.report.find("M2 flag.store -> release"), std::string::npos) << v.report;
}

TEST(Repair, AsJson) {
  EXPECT_EQ((repair_of<message_passing<order::relaxed, order::acquire>>().json()),
            R"({"schema":1,"verdict":"FAIL","message":"data race: read by thread 1 (after )"
            R"(M3 flag.load) and write by thread 0 (at its start) of the plain data at )"
            R"(main.heap+0x0","problem":"","repairs":[{"bounded":)"
            R"(false,"changes":[{"site":"M2 flag.store","from":"relaxed","to":"release","cost":)"
            R"("x86: free; Arm: stlr"}]}],"not_enough":["M1 data.store","M3 flag.load"],)"
            R"("all_pairs":0,"tried_pairs":0})"
            "\n");
}

}  // namespace
}  // namespace wyn::model
