// Scans and sorts: compared with the standard library's, with odd shapes and exceptions.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <numeric>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/runtime/parallel_scan.h"
#include "core/runtime/parallel_sort.h"
#include "tests/runtime/support.h"

namespace wyn {
namespace {

class Algorithms : public ::testing::TestWithParam<unsigned> {
 protected:
  runtime rt{tests::with_workers(GetParam())};
};

std::vector<int> shuffled(std::size_t n, int values) {
  std::mt19937 random(static_cast<std::uint32_t>(n) + 1);
  std::vector<int> v(n);
  for (int& x : v) x = static_cast<int>(random() % static_cast<unsigned>(values));
  return v;
}

const std::vector<std::size_t> lengths = {0, 1, 2, 3, 7, 64, 1000, 1025, 20'000};
const std::vector<std::size_t> grains = {0, 1, 3, 100, 1'000'000};

TEST_P(Algorithms, InclusiveScanEqualsTheStandardOne) {
  for (const std::size_t n : lengths) {
    for (const std::size_t grain : grains) {
      const std::vector<int> in = shuffled(n, 100);
      std::vector<int> out(n, -1), expected(n);
      std::inclusive_scan(in.begin(), in.end(), expected.begin());
      const auto end =
          parallel_inclusive_scan(rt, in.begin(), in.end(), out.begin(), std::plus<>{}, grain);
      ASSERT_EQ(out, expected) << n << " by " << grain;
      EXPECT_EQ(end, out.end());
    }
  }
}

TEST_P(Algorithms, ExclusiveScanEqualsTheStandardOneInPlace) {
  for (const std::size_t n : lengths) {
    for (const std::size_t grain : grains) {
      std::vector<int> values = shuffled(n, 100);
      std::vector<int> expected(n);
      std::exclusive_scan(values.begin(), values.end(), expected.begin(), 5);
      parallel_exclusive_scan(rt, values.begin(), values.end(), values.begin(), 5, std::plus<>{},
                              grain);
      ASSERT_EQ(values, expected) << n << " by " << grain;
    }
  }
}

TEST_P(Algorithms, ScansKeepTheOrderOfAnOperationThatIsNotCommutative) {
  std::vector<std::string> letters;
  for (int i = 0; i < 200; ++i) letters.emplace_back(1, static_cast<char>('a' + i % 26));
  std::vector<std::string> out(letters.size());
  parallel_inclusive_scan(rt, letters.begin(), letters.end(), out.begin(), std::plus<>{}, 7);
  EXPECT_EQ(out.back(), std::accumulate(letters.begin(), letters.end(), std::string()));
  parallel_exclusive_scan(rt, letters.begin(), letters.end(), out.begin(), std::string("0"),
                          std::plus<>{}, 7);
  EXPECT_EQ(out[3], "0abc");
}

TEST_P(Algorithms, AScanPassesTheExceptionOfItsOperation) {
  const std::vector<int> in(1000, 1);
  std::vector<int> out(in.size());
  const auto refuse = [](int a, int b) {
    if (a + b > 300) throw std::range_error("too large");
    return a + b;
  };
  EXPECT_THROW(parallel_inclusive_scan(rt, in.begin(), in.end(), out.begin(), refuse, 10),
               std::range_error);
}

TEST_P(Algorithms, SortEqualsTheStandardOne) {
  for (const std::size_t n : lengths) {
    for (const std::size_t grain : grains) {
      for (const int values : {2, 1'000'000}) {
        std::vector<int> v = shuffled(n, values);
        std::vector<int> expected = v;
        std::sort(expected.begin(), expected.end());
        parallel_sort(rt, v.begin(), v.end(), std::less<>{}, grain);
        ASSERT_EQ(v, expected) << n << " by " << grain;
      }
    }
  }
}

TEST_P(Algorithms, SortTakesOrderedAndReversedRangesAndOtherOrders) {
  std::vector<int> v(10'000);
  std::iota(v.begin(), v.end(), 0);
  parallel_sort(rt, v.begin(), v.end(), std::greater<>{}, 50);
  EXPECT_TRUE(std::is_sorted(v.begin(), v.end(), std::greater<>{}));
  parallel_sort(rt, v.begin(), v.end(), std::less<>{}, 50);
  EXPECT_TRUE(std::is_sorted(v.begin(), v.end()));
}

TEST_P(Algorithms, StableSortKeepsEqualsInOrder) {
  struct entry {
    int key;
    int place;
    bool operator==(const entry&) const = default;
  };
  std::vector<entry> v;
  const std::vector<int> keys = shuffled(5000, 10);
  for (std::size_t i = 0; i < keys.size(); ++i) v.push_back({keys[i], static_cast<int>(i)});
  const auto by_key = [](const entry& a, const entry& b) { return a.key < b.key; };
  for (const std::size_t grain : {1, 2, 7, 100}) {
    std::vector<entry> sorted = v, expected = v;
    std::stable_sort(expected.begin(), expected.end(), by_key);
    parallel_stable_sort(rt, sorted.begin(), sorted.end(), by_key, grain);
    ASSERT_EQ(sorted, expected) << "by " << grain;
  }
}

TEST_P(Algorithms, SortMovesElementsThatCannotBeCopied) {
  std::vector<std::unique_ptr<int>> v;
  for (const int x : shuffled(3000, 1000)) v.push_back(std::make_unique<int>(x));
  parallel_sort(
      rt, v.begin(), v.end(), [](const auto& a, const auto& b) { return *a < *b; }, 16);
  ASSERT_TRUE(std::all_of(v.begin(), v.end(), [](const auto& p) { return p != nullptr; }));
  EXPECT_TRUE(std::is_sorted(v.begin(), v.end(),
                             [](const auto& a, const auto& b) { return *a < *b; }));
}

/// Throws at its call number `limit`.
struct refusing_less {
  std::atomic<int>& calls;
  int limit;
  template <class T>
  bool operator()(const T& a, const T& b) const {
    if (calls.fetch_add(1) == limit) throw std::runtime_error("no order");
    return a < b;
  }
};

// Pieces of one element: every comparison is a merge's.
TEST_P(Algorithms, AMergeWhoseComparisonThrowsLosesNoElement) {
  const std::vector<int> original = shuffled(1000, 1'000'000);
  std::vector<int> sorted = original;
  std::sort(sorted.begin(), sorted.end());
  int thrown = 0;
  for (int limit = 0; limit < 20'000; limit = limit * 3 / 2 + 1) {
    std::atomic<int> calls{0};
    std::vector<int> v = original;
    try {
      parallel_sort(rt, v.begin(), v.end(), refusing_less{calls, limit}, 1);
      EXPECT_LE(calls.load(), limit);
    } catch (const std::runtime_error&) {
      ++thrown;
    }
    std::sort(v.begin(), v.end());
    ASSERT_EQ(v, sorted) << "thrown at comparison " << limit;
  }
  EXPECT_GT(thrown, 10);
}

TEST_P(Algorithms, AComparisonThatThrowsLeavesObjectsThatCanBeUsed) {
  std::vector<std::string> original;
  for (const int x : shuffled(2000, 1000)) {
    original.push_back(std::to_string(x) + std::string(40, '.'));
  }
  for (const int limit : {0, 10, 1000, 5000, 10'000}) {
    std::atomic<int> calls{0};
    std::vector<std::string> v = original;
    EXPECT_THROW(parallel_sort(rt, v.begin(), v.end(), refusing_less{calls, limit}, 16),
                 std::runtime_error);
    std::sort(v.begin(), v.end());
    EXPECT_TRUE(std::is_sorted(v.begin(), v.end()));
  }
}

TEST_P(Algorithms, SortsMayBeNested) {
  std::vector<std::vector<int>> rows(20);
  for (auto& row : rows) row = shuffled(3000, 5000);
  parallel_for(rt, std::size_t{0}, rows.size(), [&](std::size_t i) {
    parallel_sort(rows[i].begin(), rows[i].end(), std::less<>{}, 64);
  });
  for (const auto& row : rows) EXPECT_TRUE(std::is_sorted(row.begin(), row.end()));
}

INSTANTIATE_TEST_SUITE_P(Workers, Algorithms, ::testing::Values(0U, 1U, 3U));

}  // namespace
}  // namespace wyn
