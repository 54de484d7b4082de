// Scans: compared with the standard library's, with odd shapes and exceptions. Sorts in loops.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
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
const std::vector<std::size_t> grains = {
    0, 1, 3, 100, 1'000'000, std::numeric_limits<std::size_t>::max()};

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

TEST_P(Algorithms, AScanByALoopOfTheCallersEqualsTheStandardOne) {
  for (const std::size_t n : lengths) {
    for (const std::size_t grain : grains) {
      const std::vector<int> in = shuffled(n, 100);
      std::vector<int> out(n, -1), expected(n);
      std::inclusive_scan(in.begin(), in.end(), expected.begin());
      const int total = parallel_scan(
          rt, std::size_t{0}, n, 0,
          [&](std::size_t from, std::size_t to, int sum, bool is_final) {
            for (std::size_t i = from; i < to; ++i) {
              sum += in[i];
              if (is_final) out[i] = sum;
            }
            return sum;
          },
          std::plus<>{}, grain);
      ASSERT_EQ(out, expected) << n << " by " << grain;
      EXPECT_EQ(total, n == 0 ? 0 : expected.back());
    }
  }
}

TEST_P(Algorithms, AScanByALoopOfTheCallersKeepsTheOrderAndFinishesEachIndexOnce) {
  constexpr int n = 200;
  std::vector<std::string> out(n);
  std::vector<int> finished(n);
  const std::string all = parallel_scan(
      rt, -100, 100, std::string(),
      [&](int from, int to, std::string before, bool is_final) {
        for (int i = from; i < to; ++i) {
          const auto place = static_cast<std::size_t>(i + 100);
          if (is_final) out[place] = before;
          finished[place] += is_final;
          before += static_cast<char>('a' + place % 26);
        }
        return before;
      },
      std::plus<>{}, 7);
  EXPECT_EQ(out[3], "abc");
  EXPECT_EQ(all.substr(0, 30), "abcdefghijklmnopqrstuvwxyzabcd");
  EXPECT_EQ(all.size(), std::size_t{n});
  EXPECT_EQ(finished, std::vector<int>(n, 1));
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
