// Whatever the elements, their order and the comparison: parallel_sort and parallel_stable_sort
// leave what the standard library's sorts leave. Failing ranges are shrunk.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
#include <deque>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/runtime/parallel_sort.h"
#include "tests/runtime/support.h"

namespace wyn {
namespace {

/// Runtimes of one to four threads, kept for all cases.
runtime& with_threads(unsigned threads) {
  static std::array<std::unique_ptr<runtime>, 4> runtimes;
  auto& rt = runtimes.at(threads - 1);
  if (!rt) rt = std::make_unique<runtime>(tests::with_workers(threads - 1));
  return *rt;
}

/// Key and first place of an element; the key alone is compared. `Words`: how large it is.
template <std::size_t Words>
struct record {
  int key;
  int place;
  std::array<std::uint64_t, Words - 1> load;
  friend bool operator<(const record& a, const record& b) { return a.key < b.key; }
};

template <class T>
T made_of(int key, int place) {
  if constexpr (std::is_same_v<T, std::string>) {
    return std::string(static_cast<std::size_t>(key & 31), 'x') + std::to_string(key);
  } else if constexpr (std::is_same_v<T, int>) {
    return key;
  } else {
    return T{key, place, {}};
  }
}

template <class T>
int place_of(const T& x) {
  if constexpr (requires { x.place; }) return x.place;
  return 0;
}

using keys = std::vector<int>;

/// Ranges as they occur, and as they hurt a quicksort.
rc::Gen<keys> range_of(int shape, int n) {
  keys v(static_cast<std::size_t>(n));
  std::iota(v.begin(), v.end(), 0);
  switch (shape) {
    case 0: break;
    case 1: std::reverse(v.begin(), v.end()); break;
    case 2: std::fill(v.begin(), v.end(), 7); break;
    case 3:  // organ pipe
      std::reverse(v.begin() + n / 2, v.end());
      break;
    case 4:  // saw
      for (int& x : v) x %= 50;
      break;
    case 5: std::rotate(v.begin(), v.begin() + std::min(n, 3), v.end()); break;
    case 6:  // few distinct
      return rc::gen::container<keys>(v.size(), rc::gen::inRange(0, 5));
    default: return rc::gen::container<keys>(v.size(), rc::gen::arbitrary<int>());
  }
  return rc::gen::just(v);
}
rc::Gen<keys> ranges() {
  return rc::gen::mapcat(
      rc::gen::pair(rc::gen::inRange(0, 8), rc::gen::inRange(0, 2000)),
      [](std::pair<int, int> what) { return range_of(what.first, what.second); });
}

template <class T>
std::vector<T> elements_of(const keys& k) {
  std::vector<T> v;
  for (std::size_t i = 0; i < k.size(); ++i) v.push_back(made_of<T>(k[i], static_cast<int>(i)));
  return v;
}

/// Places in order: elements, though equal to `less`, are told apart.
template <class T>
std::vector<int> places_of(const std::vector<T>& v) {
  std::vector<int> places;
  for (const T& x : v) places.push_back(place_of(x));
  return places;
}

template <class T>
class Sorts : public ::testing::Test {};
using element_types = ::testing::Types<int, record<2>, record<10>, std::string>;
TYPED_TEST_SUITE(Sorts, element_types);

TYPED_TEST(Sorts, LeaveEveryElementOnceAndInOrder) {
  rc::check("permutation, sorted", [] {
    std::vector<TypeParam> v = elements_of<TypeParam>(*ranges());
    std::vector<int> before = places_of(v);
    std::vector<TypeParam> expected = v;
    std::sort(expected.begin(), expected.end());
    runtime& rt = with_threads(*rc::gen::inRange(1u, 5u));
    parallel_sort(rt, v.begin(), v.end(), std::less<>{}, *rc::gen::element(0u, 1u, 40u, 300u));
    std::vector<int> after = places_of(v);
    std::sort(after.begin(), after.end());
    RC_ASSERT(after == before);
    for (std::size_t i = 0; i < v.size(); ++i) {
      RC_ASSERT(!(v[i] < expected[i]) && !(expected[i] < v[i]));
    }
  });
}

TYPED_TEST(Sorts, KeepEqualsInOrderWhenStable) {
  rc::check("as std::stable_sort", [] {
    std::vector<TypeParam> v = elements_of<TypeParam>(*ranges());
    std::vector<TypeParam> expected = v;
    std::stable_sort(expected.begin(), expected.end());
    runtime& rt = with_threads(*rc::gen::inRange(1u, 5u));
    parallel_stable_sort(rt, v.begin(), v.end(), std::less<>{},
                         *rc::gen::element(0u, 1u, 40u, 300u));
    RC_ASSERT(places_of(v) == places_of(expected));
    for (std::size_t i = 0; i < v.size(); ++i) {
      RC_ASSERT(!(v[i] < expected[i]) && !(expected[i] < v[i]));
    }
  });
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

TYPED_TEST(Sorts, LoseNoElementWhenAComparisonThrows) {
  rc::check("permutation", [] {
    std::vector<TypeParam> v = elements_of<TypeParam>(*ranges());
    std::vector<TypeParam> expected = v;
    std::sort(expected.begin(), expected.end());
    std::vector<int> before = places_of(v);
    std::atomic<int> calls{0};
    const refusing_less less{calls, *rc::gen::inRange(0, 10'000)};
    runtime& rt = with_threads(*rc::gen::inRange(1u, 5u));
    const std::size_t grain = *rc::gen::element(0u, 1u, 40u);
    bool threw = false;
    try {
      if (*rc::gen::arbitrary<bool>())
        parallel_sort(rt, v.begin(), v.end(), less, grain);
      else
        parallel_stable_sort(rt, v.begin(), v.end(), less, grain);
    } catch (const std::runtime_error&) {
      threw = true;
    }
    RC_CLASSIFY(threw);
    RC_ASSERT(threw == (calls.load() > less.limit));
    std::vector<int> after = places_of(v);
    std::sort(after.begin(), after.end());
    RC_ASSERT(after == before);
    std::sort(v.begin(), v.end());
    for (std::size_t i = 0; i < v.size(); ++i) {
      RC_ASSERT(!(v[i] < expected[i]) && !(expected[i] < v[i]));
    }
  });
}

/// The killer adversary: decides what elements are worth while it is asked, so that each pivot is
/// among the least. McIlroy, "A Killer Adversary for Quicksort", SP&E 29(4), 1999; but every 16th
/// time it decides the other way, or else it would make a sorted range for whoever looks for one.
class adversary {
 public:
  explicit adversary(std::size_t n) : values_(n, gas) {}
  bool less(std::size_t a, std::size_t b) {
    ++comparisons;
    if (values_[a] == gas && values_[b] == gas) {
      const bool freeze_a = (a == candidate_) != (comparisons % 16 == 0);
      values_[freeze_a ? a : b] = solid_++;
    }
    if (values_[a] == gas)
      candidate_ = a;
    else if (values_[b] == gas)
      candidate_ = b;
    return values_[a] < values_[b];
  }
  std::size_t comparisons = 0;

 private:
  static constexpr std::size_t gas = ~std::size_t{0};
  std::vector<std::size_t> values_;
  std::size_t solid_ = 0, candidate_ = 0;
};

template <class Element>
std::size_t comparisons_against_the_adversary(std::size_t n) {
  adversary foe(n);
  std::vector<Element> v;
  for (std::size_t i = 0; i < n; ++i) v.push_back({i, {}});
  parallel_sort(with_threads(1), v.begin(), v.end(),
                [&](const Element& a, const Element& b) { return foe.less(a.number, b.number); });
  return foe.comparisons;
}

template <std::size_t Words>
struct numbered {
  std::size_t number;
  std::array<std::uint64_t, Words - 1> load;
};

// A range is cut 2 log2(n) times at most, then heap sort takes 2 n log n. Without that way out
// there would be 17 n log n for the largest of these.
TEST(ParallelSort, NeedsNLogNComparisonsAgainstTheKillerAdversary) {
  for (const std::size_t n : {1000u, 10'000u, 40'000u}) {
    const std::size_t bound = 5 * n * static_cast<std::size_t>(std::bit_width(n));
    EXPECT_LT(comparisons_against_the_adversary<numbered<1>>(n), bound);
    EXPECT_LT(comparisons_against_the_adversary<numbered<10>>(n), bound);
  }
}

TEST(ParallelSort, NeedsFewComparisonsForFewDistinctElementsAndForSortedOnes) {
  constexpr std::size_t n = 100'000;
  const auto comparisons = [&](auto key) {
    std::vector<std::size_t> v(n);
    for (std::size_t i = 0; i < n; ++i) v[i] = key(i);
    std::size_t count = 0;
    parallel_sort(with_threads(1), v.begin(), v.end(), [&](std::size_t a, std::size_t b) {
      ++count;
      return a < b;
    });
    EXPECT_TRUE(std::is_sorted(v.begin(), v.end()));
    return count;
  };
  EXPECT_EQ(comparisons([](std::size_t i) { return i; }), n - 1);
  EXPECT_EQ(comparisons([](std::size_t i) { return n - i; }), n - 1);
  EXPECT_LT(comparisons([](std::size_t i) { return i * i % 8; }), 8 * n);
}

TEST(ParallelSort, SortsManyElementsByCutsOfSeveralThreads) {
  const std::size_t n = tests::scaled(1'000'000);
  std::vector<std::uint32_t> v(n);
  std::uint32_t x = 1;
  for (auto& e : v) e = x = x * 1664525 + 1013904223;
  std::vector<std::uint32_t> expected = v;
  std::sort(expected.begin(), expected.end());
  for (unsigned threads = 1; threads <= 4; ++threads) {
    std::vector<std::uint32_t> sorted = v;
    parallel_sort(with_threads(threads), sorted.begin(), sorted.end());
    ASSERT_TRUE(sorted == expected) << threads << " threads";
    sorted = v;
    parallel_stable_sort(with_threads(threads), sorted.begin(), sorted.end());
    ASSERT_TRUE(sorted == expected) << threads << " threads, stable";
  }
}

TEST(ParallelSort, TakesIteratorsThatAreNoPointers) {
  std::deque<int> d(5000);
  std::iota(d.begin(), d.end(), 0);
  parallel_sort(with_threads(2), d.rbegin(), d.rend(), std::less<>{}, 100);
  EXPECT_TRUE(std::is_sorted(d.rbegin(), d.rend()));
  parallel_stable_sort(with_threads(2), d.begin(), d.end(), std::less<>{}, 100);
  EXPECT_TRUE(std::is_sorted(d.begin(), d.end()));
}

TEST(ParallelSort, MovesElementsThatCannotBeCopied) {
  for (const bool stable : {false, true}) {
    std::vector<std::unique_ptr<int>> v;
    for (int i = 0; i < 3000; ++i) v.push_back(std::make_unique<int>(i * 7919 % 3001));
    const auto less = [](const auto& a, const auto& b) { return *a < *b; };
    if (stable)
      parallel_stable_sort(with_threads(3), v.begin(), v.end(), less, 16);
    else
      parallel_sort(with_threads(3), v.begin(), v.end(), less, 16);
    ASSERT_TRUE(std::all_of(v.begin(), v.end(), [](const auto& p) { return p != nullptr; }));
    EXPECT_TRUE(std::is_sorted(v.begin(), v.end(), less));
  }
}

}  // namespace
}  // namespace wyn
