// The shares of an exploration: together the whole, each execution in one of them.
#include "models/checker/explore/split.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "models/checker/checker.h"
#include "models/checker/testing/sample_models.h"
#include "models/checker/run/signal_guard.h"

namespace wyn {
namespace {

using namespace explore_samples;
using model::verdict;
using model::verdict_kind;

template <class Program>
std::vector<verdict> all_shares(int count) {
  std::vector<verdict> shares;
  for (int i = 0; i < count; ++i) {
    shares.push_back(model::check<Program>({.jobs = 1 + i % 2, .shard = {i, count}}));
  }
  return shares;
}

template <class Program>
void expect_shares_to_add_up(int count) {
  const verdict whole = model::check<Program>();
  std::uint64_t executions = 0;
  std::uint64_t blocked = 0;
  const std::vector<verdict> shares = all_shares<Program>(count);
  for (const verdict& v : shares) {
    EXPECT_EQ(v.kind, verdict_kind::bounded) << "a share alone is no pass";
    EXPECT_TRUE(v.explored);
    EXPECT_EQ(v.split, shares[0].split);
    executions += v.executions;
    blocked += v.blocked;
  }
  EXPECT_EQ(executions, whole.executions);
  EXPECT_EQ(blocked, whole.blocked);
}

TEST(Shares, AddUpToTheWhole) {
  for (const int count : {2, 3, 7}) {
    expect_shares_to_add_up<tagged_stack<2>>(count);
    expect_shares_to_add_up<fib_bench<4>>(count);
  }
}

// Including those of the executions that were met while the tree was cut.
TEST(Shares, HaveTheOutcomesOfTheWhole) {
  const verdict whole = model::check<lossy_counter<4>>();
  EXPECT_GT(whole.outcomes.size(), 3u);
  std::map<std::string, std::uint64_t> sum;
  for (const verdict& v : all_shares<lossy_counter<4>>(3)) {
    for (const model::outcome_count& o : v.outcomes) sum[o.outcome] += o.count;
  }
  std::vector<model::outcome_count> all;
  for (const auto& [outcome, count] : sum) all.push_back({outcome, count});
  EXPECT_EQ(all, whole.outcomes);
}

TEST(Shares, OfASmallProgramMayBeEmpty) { expect_shares_to_add_up<fib_bench<1>>(16); }

TEST(Shares, AreAboutEqual) {
  std::uint64_t largest = 0;
  std::uint64_t sum = 0;
  for (const verdict& v : all_shares<fib_bench<5>>(8)) {
    largest = std::max(largest, v.runs);
    sum += v.runs;
  }
  EXPECT_LT(static_cast<double>(largest), 1.5 * static_cast<double>(sum) / 8);
}

TEST(Shares, ComeFromAThousandSubtreesAtLeast) {
  const model::signal_guard handlers;
  const model::thread_guard guard(5);
  const model::program p = model::program_of<fib_bench<5>>();
  EXPECT_GE(model::split(p, {.shard = {0, 2}}).all_subtrees, 1000u);
}

TEST(Shares, ReportAFailure) {
  int failures = 0;
  for (const verdict& v : all_shares<fib_bench<5, 143>>(3)) {
    failures += v.kind == verdict_kind::fail;
    EXPECT_NE(v.kind, verdict_kind::pass);
  }
  EXPECT_GE(failures, 1);
}

TEST(Shares, OutOfRangeAreRefused) {
  EXPECT_EQ(model::check<fib_bench<1>>({.shard = {2, 2}}).kind, verdict_kind::model_error);
  EXPECT_EQ(model::check<fib_bench<1>>({.shard = {-1, 2}}).kind, verdict_kind::model_error);
  EXPECT_EQ(model::check<fib_bench<1>>({.shard = {0, 0}}).kind, verdict_kind::model_error);
}

}  // namespace
}  // namespace wyn
