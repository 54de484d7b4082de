// What passing runs report, and what a model may demand of its outcomes.
#include <gtest/gtest.h>

#include "core/base/site.h"
#include "models/checker/checker.h"
#include "models/checker/gtest.h"
#include "models/checker/report/counterexample.h"
#include "models/env/env_checker.h"

namespace wyn::model {
namespace {

template <order O>
struct store_buffering {
  static constexpr int threads = 2;
  static constexpr site<"S1 store", O> store{};
  static constexpr site<"S2 load", O> load{};

  env_checker::atomic<int> x[2];
  int r[2] = {};

  void thread(int id) {
    x[id].store(1, store);
    r[id] = x[1 - id].load(load);
  }
  void after() {
    env_checker::outcome("r1", r[1]);
    env_checker::outcome("r0", r[0]);
  }
};
using relaxed = store_buffering<order::relaxed>;
using seq_cst = store_buffering<order::seq_cst>;

TEST(Summary, CountsEachOutcome) {
  const std::vector<outcome_count> expected = {
      {"r0=0 r1=0", 1}, {"r0=0 r1=1", 1}, {"r0=1 r1=0", 1}, {"r0=1 r1=1", 1}};
  EXPECT_EQ(check<relaxed>().outcomes, expected);
  EXPECT_EQ(check<seq_cst>().outcomes.size(), 3u);
}

TEST(Summary, IsTheSameForAnyNumberOfExplorers) {
  EXPECT_EQ(check<relaxed>({.jobs = 3}).report, check<relaxed>().report);
}

TEST(Summary, NamesTheSitesAndThoseThatReadStaleValues) {
  const std::vector<site_use> weak = {{"S1 store", false}, {"S2 load", true}};
  const std::vector<site_use> strong = {{"S1 store", false}, {"S2 load", false}};
  EXPECT_EQ(check<relaxed>().sites, weak);
  EXPECT_EQ(check<seq_cst>().sites, strong);
}

TEST(Summary, LeavesOutSitesWhereThereAreMoreExecutionsThanItLooksAt) {
  EXPECT_TRUE(check<relaxed>({.coverage = 3}).sites.empty());
}

TEST(Summary, WarnsOfARowThatNoExecutionReaches) {
  const verdict v = check<relaxed>({.rows = {"S1", "S2 load", "S3 forgotten"}});
  EXPECT_EQ(v.kind, verdict_kind::pass);
  EXPECT_EQ(v.unused_rows, std::vector<std::string>{"S3 forgotten"});
  EXPECT_NE(v.report.find("warning no execution reaches S3 forgotten"), std::string::npos);
}

TEST(Summary, AForbiddenOutcomeIsAFailureWithItsExecution) {
  const verdict v = check<relaxed>({.forbidden = {"r0=0, r1=0"}});
  EXPECT_EQ(v.kind, verdict_kind::fail);
  EXPECT_EQ(v.failure, failure::assertion);
  ASSERT_NE(v.trace, nullptr);
  EXPECT_EQ(v.trace->why.cycle.size(), 4u);
  EXPECT_EQ(check<seq_cst>({.forbidden = {"r0=0, r1=0"}}).kind, verdict_kind::pass);
}

TEST(Summary, AnOutcomeThatIsToBeReachableIsMissed) {
  EXPECT_EQ(check<relaxed>({.reachable = {"r0=0 r1=0", "r1=1"}}).kind, verdict_kind::pass);
  const verdict v = check<seq_cst>({.reachable = {"r0=0 r1=0"}});
  EXPECT_EQ(v.failure, failure::assertion);
  EXPECT_EQ(v.message, "assertion: no execution has the outcome r0=0 r1=0");
}

TEST(Summary, ShowsAnExecutionWithAnOutcomeAndCallsItNoPass) {
  const verdict v = check<relaxed>({.show = "r0=1 r1=0"});
  EXPECT_EQ(v.kind, verdict_kind::bounded);
  ASSERT_NE(v.trace, nullptr);
  EXPECT_EQ(v.trace->steps.size(), 4u);
  EXPECT_EQ(check<seq_cst>({.show = "r0=0 r1=0"}).kind, verdict_kind::pass);
}

MODEL_TEST(Summary, AModelMayBeThereToFail, (relaxed), expect_fail(failure::assertion),
           {.forbidden = {"r0=0 r1=0"}});

}  // namespace
}  // namespace wyn::model
