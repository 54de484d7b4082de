// Several explorers find what one finds: the same verdict, counts and bytes of the report.
#include <gtest/gtest.h>

#include <cstdlib>
#include <regex>
#include <string>
#include <thread>
#include <vector>

#include "models/checker/checker.h"
#include "models/checker/testing/sample_models.h"

namespace wyn {
namespace {

using namespace explore_samples;
using model::failure;
using model::verdict;
using model::verdict_kind;

template <class Program>
verdict check_with(int jobs, model::options o = {}) {
  o.jobs = jobs;
  return model::check<Program>(o);
}

// Numbers like 0x3fa2b30000000, which a report prints for a pointer in disguise: each explorer's
// memory lies elsewhere.
std::string without_long_numbers(const std::string& report) {
  return std::regex_replace(report, std::regex("0x[0-9a-f]{9,}"), "0x...");
}

template <class Program>
void expect_same_as_alone(model::options o = {}) {
  const verdict alone = check_with<Program>(1, o);
  for (const int jobs : {2, 3, 5}) {
    const verdict v = check_with<Program>(jobs, o);
    EXPECT_EQ(v.kind, alone.kind) << v.report;
    EXPECT_EQ(v.executions, alone.executions) << jobs << " jobs";
    EXPECT_EQ(v.blocked, alone.blocked) << jobs << " jobs";
    EXPECT_EQ(v.runs, alone.runs) << jobs << " jobs";
    EXPECT_EQ(v.duplicates, alone.duplicates) << jobs << " jobs";
    EXPECT_EQ(without_long_numbers(v.report), without_long_numbers(alone.report))
        << jobs << " jobs";
  }
}

TEST(ParallelExploration, CountsAreThoseOfOneExplorer) {
  expect_same_as_alone<fib_bench<3>>();
  EXPECT_EQ(check_with<fib_bench<5>>(4).executions, 525630u);
}

TEST(ParallelExploration, EveryMemoryModelGivesTheSameCounts) {
  for (const auto m : {model::memory_model::sc, model::memory_model::tso,
                       model::memory_model::rc11}) {
    expect_same_as_alone<fib_bench<3>>({.model = m});
  }
}

TEST(ParallelExploration, AddressesInAtomicsAreRightInEveryWorld) {
  EXPECT_EQ(check_with<tagged_stack<2>>(1).kind, verdict_kind::pass);
  expect_same_as_alone<tagged_stack<2>>();
}

TEST(ParallelExploration, NoExecutionIsExploredTwice) {
  const verdict v = check_with<tagged_stack<2>>(4, {.count_duplicates = true});
  EXPECT_EQ(v.duplicates, 0u);
  EXPECT_EQ(v.runs, v.executions + v.blocked);
}

TEST(ParallelExploration, FailureIsTheFirstThatOneExplorerFinds) {
  EXPECT_EQ((check_with<tagged_stack<2, true>>(1).failure), failure::data_race);
  EXPECT_EQ((check_with<fib_bench<5, 143>>(1).failure), failure::assertion);
  for (int round = 0; round < 3; ++round) {
    expect_same_as_alone<tagged_stack<2, true>>();
    expect_same_as_alone<fib_bench<5, 143>>();
  }
}

// Goes wrong in its own way where the two loads see different things.
template <void (*Wrong)()>
struct goes_wrong : fib_bench<4> {
  void thread(int id) {
    if (id != 2) return fib_bench<4>::thread(id);
    if (i.load(acquire) == 3 && j.load(acquire) == 8) Wrong();
  }
};
void aborts() { std::abort(); }
void crashes() { *reinterpret_cast<volatile int*>(8) = 1; }
void spins() {
  for (volatile bool forever = true; forever;) {
  }
}
volatile int depth_wanted = 1 << 20;
[[gnu::noinline]] int overflows(int depth) {
  volatile char frame[4096];
  frame[0] = 1;
  return depth == 0 ? 0 : overflows(depth - 1) + frame[0];
}
void recurses() { overflows(depth_wanted); }

TEST(ParallelExploration, AbortBecomesAFailure) { expect_same_as_alone<goes_wrong<aborts>>(); }
TEST(ParallelExploration, CrashBecomesAFailure) { expect_same_as_alone<goes_wrong<crashes>>(); }
TEST(ParallelExploration, UsedUpStackIsAModelError) {
  EXPECT_EQ(check_with<goes_wrong<recurses>>(1).kind, verdict_kind::model_error);
  expect_same_as_alone<goes_wrong<recurses>>();
}
TEST(ParallelExploration, EndlessLoopIsAModelError) {
  const verdict v = check_with<goes_wrong<spins>>(2, {.max_silent_seconds = 1});
  EXPECT_EQ(v.kind, verdict_kind::model_error) << v.report;
}

TEST(ParallelExploration, BoundOnExecutionsIsMetExactly) {
  const verdict v = check_with<fib_bench<5>>(4, {.max_executions = 1000});
  EXPECT_EQ(v.kind, verdict_kind::bounded);
  EXPECT_EQ(v.runs, 1000u);
}

TEST(ParallelExploration, TooManyJobsAreRefused) {
  EXPECT_EQ(check_with<fib_bench<1>>(model::max_jobs + 1).kind, verdict_kind::model_error);
  EXPECT_EQ(check_with<fib_bench<1>>(-1).kind, verdict_kind::model_error);
  EXPECT_EQ(check_with<fib_bench<1>>(0).kind, verdict_kind::pass);
}

// Each OS thread has a check of its own, and the last one out puts the handlers back.
TEST(ParallelExploration, ChecksOnSeveralThreadsDoNotMeet) {
  std::vector<std::thread> threads;
  std::vector<verdict> verdicts(4);
  for (std::size_t n = 0; n < verdicts.size(); ++n) {
    threads.emplace_back([&verdicts, n] {
      verdicts[n] = n % 2 == 0 ? check_with<fib_bench<3>>(2) : check_with<goes_wrong<aborts>>(1);
    });
  }
  for (std::thread& t : threads) t.join();
  const verdict fib = check_with<fib_bench<3>>(1);
  const verdict abort = check_with<goes_wrong<aborts>>(1);
  for (std::size_t n = 0; n < verdicts.size(); ++n) {
    EXPECT_EQ(verdicts[n].report, (n % 2 == 0 ? fib : abort).report);
  }
}

}  // namespace
}  // namespace wyn
