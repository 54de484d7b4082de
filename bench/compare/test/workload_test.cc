// The workloads' answers against what is known of them from elsewhere.
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "bench/compare/driver/catalogue.h"
#include "bench/compare/workload/counting.h"
#include "bench/compare/workload/offers.h"

namespace wyn::bench::compare {
namespace {

test_case made(const std::string& name, std::size_t size, std::size_t grain = 0) {
  return make_case(*facts_of(name), {size, grain});
}

TEST(Workload, FibonacciNumbersAreTheKnownOnes) {
  EXPECT_EQ(made("fib", 10).answer, 55U);
  EXPECT_EQ(made("fib", 30).answer, 832040U);
}

TEST(Workload, ForksOfFibAreOneLessThanTheNextNumber) { EXPECT_EQ(made("fib", 10).divisor, 88); }

// OEIS A000170.
TEST(Workload, QueensStandInTheKnownNumberOfWays) {
  const std::uint64_t ways[] = {1, 0, 0, 2, 10, 4, 40, 92, 352, 724};
  for (std::size_t n = 1; n <= 10; ++n) EXPECT_EQ(made("queens", n).answer, ways[n - 1]) << n;
}

TEST(Workload, SkynetAddsUpTheNumbersBelowAPowerOfTen) {
  EXPECT_EQ(made("skynet", 4).answer, 10000U * 9999U / 2);
  EXPECT_EQ(made("skynet", 4).divisor, 11110);
}

TEST(Workload, TreeHasATaskForEachNodeButTheRoot) {
  for (const std::size_t depth : {1, 3, 8}) {
    const test_case c = made("uts", depth);
    EXPECT_EQ(static_cast<double>(c.answer), c.divisor + 1) << depth;
  }
}

// Four children in the mean: the tree of depth d has about 4^d nodes at the bottom. That number
// stands here so that a change of the tree is seen.
TEST(Workload, TreeIsTheSameEveryTime) {
  EXPECT_EQ(made("uts", 1).answer, 5U);
  EXPECT_EQ(made("uts", 8).answer, 43338U);
}

TEST(Workload, NodesHaveFourChildrenInTheMean) {
  std::size_t children = 0;
  for (std::uint64_t node = 0; node < 100000; ++node) children += uts_children(node, 1, 2);
  EXPECT_NEAR(static_cast<double>(children) / 100000, 4, 0.1);
}

TEST(Workload, BothSortsGiveWhatTheStandardSortGives) {
  EXPECT_EQ(made("sort", 5000, 100).answer, made("own_sort", 5000).answer);
  EXPECT_EQ(made("sort", 17, 2).answer, made("own_sort", 17).answer);
}

TEST(Workload, ChecksumSeesTwoNumbersChangePlaces) {
  const std::uint64_t ordered[] = {1, 2}, swapped[] = {2, 1};
  EXPECT_NE(checksum(ordered, 2), checksum(swapped, 2));
}

TEST(Workload, ProductOfMatricesDoesNotDependOnTheBase) {
  EXPECT_EQ(made("matmul", 32, 4).answer, made("matmul", 32, 32).answer);
}

TEST(Workload, ProductOfMatricesIsThatOfTheDefinition) {
  constexpr std::size_t n = 8;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      std::uint64_t c = 0;
      for (std::size_t k = 0; k < n; ++k) c += (mix(i * n + k) & 7) * (mix(n * n + k * n + j) & 7);
      sum += c * (2 * (i * n + j) + 1);
    }
  }
  EXPECT_EQ(made("matmul", n, 2).answer, sum);
}

TEST(Workload, TaskOfNoStepsLeavesItsNumber) {
  EXPECT_EQ(chain(7, 0), 7U);
  EXPECT_EQ(chain(1, 1), 6364136223846793005U + 1442695040888963407U);
  EXPECT_EQ(chain(std::uint64_t{1} << 31, 1),
            chain((std::uint64_t{1} << 31) | 1, 0) * 6364136223846793005U + 1442695040888963407U);
}

TEST(Workload, EveryCaseOfThePlainRunAndOfTheTinyOneIsPossible) {
  for (const workload_facts& w : catalogue()) {
    EXPECT_FALSE(w.standard.empty() || w.tiny.empty()) << w.name;
    for (const size_and_grain& how : w.tiny) EXPECT_GT(make_case(w, how).divisor, 0) << w.name;
  }
}

TEST(Workload, SizeThatMakesNoSenseIsRefused) {
  EXPECT_THROW(made("fib", 46), std::invalid_argument);
  EXPECT_THROW(made("matmul", 48, 32), std::invalid_argument);
  EXPECT_THROW(made("sort", 100, 0), std::invalid_argument);
  EXPECT_THROW(made("spawn", 0), std::invalid_argument);
}

}  // namespace
}  // namespace wyn::bench::compare
