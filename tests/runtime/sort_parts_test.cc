// What the sorts are made of, each part alone: small sorts, cuts, merges, heap sort, pivots.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "core/runtime/sort/heap_sort.h"
#include "core/runtime/sort/insertion_sort.h"
#include "core/runtime/sort/merge_runs.h"
#include "core/runtime/sort/one_run.h"
#include "core/runtime/sort/parallel_partition.h"
#include "core/runtime/sort/pivot.h"
#include "core/runtime/sort/small_sort.h"
#include "tests/runtime/support.h"

namespace wyn {
namespace {

/// Two words, of which one is compared.
struct entry {
  int key;
  int place;
  bool operator==(const entry&) const = default;
};
struct by_key {
  bool operator()(const entry& a, const entry& b) const { return a.key < b.key; }
};

std::vector<entry> entries(std::size_t n, const std::function<int(std::size_t)>& key) {
  std::vector<entry> v;
  for (std::size_t i = 0; i < n; ++i) v.push_back({key(i), static_cast<int>(i)});
  return v;
}

// A network that sorts all zeros and ones sorts everything (Knuth, section 5.3.4, theorem Z); that
// each merge and each length is right is seen by zeros and ones, too.
TEST(SmallSort, SortsAllZerosAndOnesOfUpTo16ElementsAndKeepsEqualsInOrder) {
  for (std::size_t n = 0; n <= 16; ++n) {
    for (std::uint32_t bits = 0; bits < (1U << n); ++bits) {
      std::vector<entry> v = entries(n, [&](std::size_t i) { return (bits >> i) & 1; });
      std::vector<entry> expected = v;
      std::stable_sort(expected.begin(), expected.end(), by_key{});
      detail::small_sort(v.begin(), v.end(), by_key{});
      ASSERT_EQ(v, expected) << n << " elements, " << bits;
    }
  }
}

TEST(SmallSort, SortsEveryLengthOfEveryPlainType) {
  std::mt19937 random(1);
  const auto check = [&](auto of) {
    using value = decltype(of(0));
    static_assert(detail::is_plain_element<value>);
    for (std::size_t n = 0; n <= detail::most_small_elements; ++n) {
      for (int round = 0; round < 50; ++round) {
        std::vector<value> v;
        for (std::size_t i = 0; i < n; ++i) v.push_back(of(static_cast<int>(random() % 20)));
        std::vector<value> expected = v;
        std::stable_sort(expected.begin(), expected.end());
        detail::small_sort(v.begin(), v.end(), std::less<>{});
        ASSERT_EQ(v, expected) << n;
      }
    }
  };
  check([](int x) { return static_cast<std::int8_t>(x - 10); });
  check([](int x) { return static_cast<std::uint16_t>(x); });
  check([](int x) { return x - 10; });
  check([](int x) { return x * 0.5 - 3; });
  check([](int x) { return std::array<std::int32_t, 3>{x % 3, x, -x}; });
  check([](int x) { return std::array<std::uint64_t, 4>{1, 2, 3, static_cast<unsigned>(x)}; });
  struct no_default {
    explicit no_default(int x) : value(x) {}
    int value;
    auto operator<=>(const no_default&) const = default;
  };
  check([](int x) { return no_default(x); });
}

template <class T, class Of>
void check_cuts(const Of& of) {
  std::mt19937 random(2);
  for (std::size_t n = 0; n < 600; n = n < 300 ? n + 1 : n + 37) {
    for (const unsigned share : {0U, 1U, 5U, 9U, 10U}) {  // of ten that go left
      std::vector<int> keys(n);
      for (int& key : keys) key = static_cast<int>(random() % 10);
      std::vector<T> v;
      for (const int key : keys) v.push_back(of(key));
      const auto goes_left = [&](const T& x) { return x < of(static_cast<int>(share)); };
      const auto cut = detail::cut_range(v.begin(), v.end(), goes_left);
      ASSERT_TRUE(std::all_of(v.begin(), cut, goes_left)) << n << ", " << share;
      ASSERT_TRUE(std::none_of(cut, v.end(), goes_left)) << n << ", " << share;
      std::sort(v.begin(), v.end());
      std::sort(keys.begin(), keys.end());
      for (std::size_t i = 0; i < n; ++i) ASSERT_EQ(v[i], of(keys[i])) << n << ", " << share;
    }
  }
}

TEST(Cut, PutsThoseThatGoLeftFirstAndLosesNone) {
  check_cuts<int>([](int x) { return x; });
  check_cuts<std::string>([](int x) { return std::string(30, 'x') + std::to_string(x); });
}

TEST(Cut, ByPartsIsACutOfTheWhole) {
  for (const unsigned workers : {0U, 1U, 3U}) {
    runtime rt(tests::with_workers(workers));
    std::mt19937 random(3);
    for (const std::size_t n : {0u, 1u, 7u, 64u, 1000u, 5001u}) {
      for (const std::size_t parts : {1u, 2u, 3u, 8u, 64u}) {
        for (const int share : {0, 1, 50, 99, 100}) {
          std::vector<int> v(n);
          for (int& x : v) x = static_cast<int>(random() % 100);
          std::vector<int> sorted = v;
          std::sort(sorted.begin(), sorted.end());
          const auto goes_left = [=](int x) { return x < share; };
          const auto cut =
              detail::partition_together(rt.underlying(), v.begin(), v.end(), parts, goes_left);
          ASSERT_TRUE(std::all_of(v.begin(), cut, goes_left)) << n << " in " << parts;
          ASSERT_TRUE(std::none_of(cut, v.end(), goes_left)) << n << " in " << parts;
          std::sort(v.begin(), v.end());
          ASSERT_EQ(v, sorted) << n << " in " << parts;
        }
      }
    }
  }
}

TEST(Cut, HasNoMorePartsThanElementsAndThreadsAreWorth) {
  runtime alone(tests::with_workers(0)), four(tests::with_workers(3));
  EXPECT_EQ(detail::cut_parts(alone.underlying(), 100'000'000), 1u);
  EXPECT_EQ(detail::cut_parts(four.underlying(), 1000), 1u);
  EXPECT_EQ(detail::cut_parts(four.underlying(), 100'000'000), 8u);
}

TEST(MergeRuns, EqualsTheStandardOneForRunsOfAllLengths) {
  std::mt19937 random(4);
  for (std::size_t a = 0; a < 40; ++a) {
    for (std::size_t b = 0; b < 40; ++b) {
      for (const int values : {2, 50}) {
        std::vector<entry> v =
            entries(a + b, [&](std::size_t) { return static_cast<int>(random()) % values; });
        const auto middle = v.begin() + static_cast<std::ptrdiff_t>(a);
        std::stable_sort(v.begin(), middle, by_key{});
        std::stable_sort(middle, v.end(), by_key{});
        std::vector<entry> merged(v.size()), expected(v.size());
        std::merge(v.begin(), middle, middle, v.end(), expected.begin(), by_key{});
        detail::merge_runs(v.begin(), middle, middle, v.end(), merged.begin(), by_key{});
        ASSERT_EQ(merged, expected) << a << " and " << b;
      }
    }
  }
}

/// A comparison that throws at its call number `limit`.
struct refusing_less {
  mutable int calls = 0;
  int limit;
  explicit refusing_less(int at) : limit(at) {}
  template <class T>
  bool operator()(const T& a, const T& b) const {
    if (calls++ == limit) throw limit;
    return a < b;
  }
};

/// `part(v, less)` leaves each element of v, to whichever comparison it comes.
template <class T, class Part>
void check_that_none_is_lost(const std::vector<T>& original, const Part& part) {
  std::vector<T> sorted = original;
  std::sort(sorted.begin(), sorted.end());
  bool threw = true;
  for (int limit = 0; threw; ++limit) {
    std::vector<T> v = original;
    threw = false;
    try {
      part(v, refusing_less(limit));
    } catch (int) {
      threw = true;
    }
    std::sort(v.begin(), v.end());
    ASSERT_EQ(v, sorted) << original.size() << " elements, thrown at comparison " << limit;
  }
}

template <class T>
void check_that_no_part_loses_one(const std::function<T(int)>& of) {
  for (const std::size_t n : {2u, 5u, 8u, 9u, 16u, 17u, 24u, 31u, 32u}) {
    std::vector<T> v;
    for (std::size_t i = 0; i < n; ++i) v.push_back(of(static_cast<int>(i * 19 % 37)));
    const auto all = [&](const auto& sort) {
      check_that_none_is_lost(v, [&](std::vector<T>& range, const refusing_less& less) {
        sort(range.begin(), range.end(), less);
      });
    };
    if constexpr (detail::is_plain_element<T>) {
      all([](auto first, auto last, const auto& less) { detail::small_sort(first, last, less); });
    }
    all([](auto first, auto last, const auto& less) { detail::insertion_sort(first, last, less); });
    all([](auto first, auto last, const auto& less) { detail::heap_sort(first, last, less); });
    all([&](auto first, auto last, const auto& less) {
      const T pivot = of(18);
      detail::cut_range(first, last, [&](const T& x) { return less(x, pivot); });
    });
    check_that_none_is_lost(v, [&](std::vector<T>& range, const refusing_less& less) {
      const auto middle = range.begin() + static_cast<std::ptrdiff_t>(n / 2);
      std::sort(range.begin(), middle);
      std::sort(middle, range.end());
      std::vector<T> merged(n);
      try {
        detail::merge_runs(range.begin(), middle, middle, range.end(), merged.begin(), less);
      } catch (int) {
        range = merged;
        throw;
      }
      range = merged;
    });
  }
}

TEST(EveryPart, LosesNoElementWhenAComparisonThrows) {
  check_that_no_part_loses_one<int>([](int x) { return x; });
  check_that_no_part_loses_one<std::string>([](int x) { return std::string(30, 'a' + x % 26); });
}

TEST(HeapSort, SortsRangesOfAllLengths) {
  std::mt19937 random(5);
  for (std::size_t n = 0; n < 200; ++n) {
    std::vector<int> v(n);
    for (int& x : v) x = static_cast<int>(random() % 100);
    std::vector<int> expected = v;
    std::sort(expected.begin(), expected.end());
    detail::heap_sort(v.begin(), v.end(), std::less<>{});
    ASSERT_EQ(v, expected);
  }
}

TEST(InsertionSort, KeepsEqualsInOrder) {
  std::mt19937 random(6);
  for (std::size_t n = 0; n < 60; ++n) {
    std::vector<entry> v = entries(n, [&](std::size_t) { return static_cast<int>(random() % 10); });
    std::vector<entry> expected = v;
    std::stable_sort(expected.begin(), expected.end(), by_key{});
    detail::insertion_sort(v.begin(), v.end(), by_key{});
    ASSERT_EQ(v, expected);
  }
}

TEST(OneRun, IsFoundInOrderAndInReverseButNotWithEqualsInReverse) {
  std::vector<int> v = {1, 2, 2, 3};
  EXPECT_TRUE(detail::sort_one_run(v.begin(), v.end(), std::less<>{}));
  EXPECT_EQ(v, (std::vector<int>{1, 2, 2, 3}));
  v = {4, 3, 1};
  EXPECT_TRUE(detail::sort_one_run(v.begin(), v.end(), std::less<>{}));
  EXPECT_EQ(v, (std::vector<int>{1, 3, 4}));
  for (const std::vector<int>& mixed :
       {std::vector<int>{3, 2, 2}, std::vector<int>{1, 2, 1}, std::vector<int>{2, 1, 2}}) {
    v = mixed;
    EXPECT_FALSE(detail::sort_one_run(v.begin(), v.end(), std::less<>{}));
    EXPECT_EQ(v, mixed);
  }
}

TEST(Pivot, LeavesHalvesThatAreNotFarFromEqual) {
  std::mt19937 random(7);
  for (const std::size_t n : {50u, 500u, 5000u, 50'000u}) {
    std::vector<int> v(n);
    std::iota(v.begin(), v.end(), 0);
    std::shuffle(v.begin(), v.end(), random);
    const auto rank =
        static_cast<std::size_t>(*detail::choose_pivot(v.begin(), v.end(), std::less<>{}));
    EXPECT_GT(rank, n / 10);
    EXPECT_LT(rank, n - n / 10);
  }
}

TEST(MedianOfThree, IsTheMiddleOneInEveryOrder) {
  std::array<int, 3> v = {1, 2, 3};
  do {
    EXPECT_EQ(*detail::median_of_three(v.begin(), v.begin() + 1, v.begin() + 2, std::less<>{}), 2);
  } while (std::next_permutation(v.begin(), v.end()));
}

}  // namespace
}  // namespace wyn
