// parallel_reduce: what is added up in which order, what is thrown, and what others may take.
#include <algorithm>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>

#include "core/runtime/parallel.h"
#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

constexpr unsigned worker_counts[] = {0, 1, 2, 4};

// All numbers of pieces that have a function of their own, and those about some multiples of them.
constexpr std::size_t piece_counts[] = {1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 15,  16,
                                        17, 18, 23, 24, 25, 31, 32, 33, 40, 64, 100, 1000};

TEST(ParallelReduce, KeepsTheOrderOfOperandsForCombinesThatDoNotCommute) {
  std::string expected;
  for (int i = 0; i < 300; ++i) expected += std::to_string(i) + ",";
  for (const unsigned workers : worker_counts) {
    runtime rt(with_workers(workers));
    for (const std::size_t grain : {0u, 1u, 9u}) {
      const std::string joined = parallel_reduce(
          rt, 0, 300, std::string(), [](int i) { return std::to_string(i) + ","; },
          [](std::string a, const std::string& b) { return std::move(a) + b; }, grain);
      ASSERT_EQ(joined, expected) << workers << " workers, grain " << grain;
    }
  }
}

TEST(ParallelReduce, TakesEachIndexOnceHoweverManyPiecesThereAre) {
  for (const unsigned workers : worker_counts) {
    runtime rt(with_workers(workers));
    for (const std::size_t pieces : piece_counts) {
      for (const std::size_t grain : {1u, 5u}) {
        for (const std::size_t last : {std::size_t{1}, grain}) {  // indices of the last piece
          const std::size_t n = (pieces - 1) * grain + last;
          std::string expected, joined;
          for (std::size_t i = 0; i < n; ++i) expected += std::to_string(i) + ",";
          joined = parallel_reduce(
              rt, std::size_t{0}, n, std::string(),
              [](std::size_t i) { return std::to_string(i) + ","; }, std::plus<>{}, grain);
          ASSERT_EQ(joined, expected) << pieces << " pieces of " << grain << ", " << last;
        }
      }
    }
  }
}

// The sum with its brackets written out.
std::string bracketed(runtime& rt, std::size_t n, std::size_t grain) {
  return parallel_reduce(
      rt, std::size_t{0}, n, std::string("e"), [](std::size_t i) { return std::to_string(i); },
      [](std::string a, const std::string& b) { return "(" + std::move(a) + " " + b + ")"; },
      grain);
}

TEST(ParallelReduce, SetsTheBracketsByTheRangeAndTheGrainAlone) {
  runtime alone(with_workers(0));
  EXPECT_EQ(bracketed(alone, 3, 1), "((e 0) ((e 1) (e 2)))");
  EXPECT_EQ(bracketed(alone, 5, 2), "(((e 0) 1) (((e 2) 3) (e 4)))");
  for (const unsigned workers : {1u, 4u}) {
    runtime rt(with_workers(workers));
    for (const std::size_t n : piece_counts) {
      for (const std::size_t grain : {1u, 3u}) {
        ASSERT_EQ(bracketed(rt, n, grain), bracketed(alone, n, grain)) << n << " by " << grain;
      }
    }
  }
}

TEST(ParallelReduce, IsTheIdentityForAnEmptyRange) {
  runtime rt(with_workers(1));
  EXPECT_EQ(parallel_reduce(
                rt, 5, 5, 42L, [](int) { return 0L; }, std::plus<>{}),
            42);
}

TEST(ParallelReduce, RepeatsFloatingPointSumsToTheBit) {
  runtime rt(with_workers(2));
  const auto sum = [&] {
    return parallel_reduce(
        rt, 1, 20'000, 0.0, [](int i) { return 1.0 / i; }, std::plus<>{});
  };
  const double first = sum();
  for (int i = 0; i < 10; ++i) ASSERT_EQ(sum(), first);
}

TEST(ParallelReduce, PassesExceptionsOn) {
  runtime rt(with_workers(2));
  EXPECT_THROW(parallel_reduce(
                   rt, 0, 100, 0, [](int i) { return i == 77 ? throw std::out_of_range("77") : i; },
                   std::plus<>{}, 1),
               std::out_of_range);
}

TEST(ParallelReduce, ThrowsTheLowestWhicheverIndexThrowsAndTakesTheOthers) {
  for (const unsigned workers : worker_counts) {
    runtime rt(with_workers(workers));
    for (const std::size_t n : {1u, 2u, 3u, 5u, 8u, 9u, 20u}) {
      for (std::size_t lowest = 0; lowest < n; ++lowest) {
        std::atomic<std::size_t> calls{0};
        try {
          parallel_reduce(
              rt, std::size_t{0}, n, std::size_t{0},
              [&](std::size_t i) {
                ++calls;
                return i >= lowest ? throw i : i;
              },
              std::plus<>{}, 1);
          FAIL() << "nothing was thrown";
        } catch (const std::size_t& thrown) {
          ASSERT_EQ(thrown, lowest) << "of " << n;
        }
        ASSERT_EQ(calls, n);
      }
    }
  }
}

TEST(ParallelReduce, RunsWhereTheQueueHasNoRoom) {
  for (const std::int64_t room : {1, 2, 3, 8}) {
    options o = with_workers(1);
    o.max_queued = room;
    o.on_full = full_policy::error;
    runtime rt(o);
    for (const std::size_t n : {2u, 7u, 8u, 33u, 500u}) {
      ASSERT_EQ(parallel_reduce(
                    rt, std::size_t{0}, n, std::size_t{0}, [](std::size_t i) { return i; },
                    std::plus<>{}, 1),
                n * (n - 1) / 2);
    }
  }
}

// Each index but the first can be taken by another thread while that one runs: else this hangs.
TEST(ParallelReduce, LetsOthersTakeAllOtherIndicesWhileTheFirstOneIsBusy) {
  for (const unsigned workers : {1u, 3u}) {
    runtime rt(with_workers(workers));
    for (const std::size_t n : piece_counts) {
      std::atomic<std::size_t> others{0};
      const auto count = [&](std::size_t i) {
        if (i == 0) {
          spin_until([&] { return others == n - 1; });
        } else {
          ++others;
        }
        return std::size_t{1};
      };
      ASSERT_EQ(parallel_reduce(rt, std::size_t{0}, n, std::size_t{0}, count, std::plus<>{}, 1), n);
    }
  }
}

// The ways to climb `steps` stairs, by one, two or three at a time.
std::uint64_t climbs(runtime& rt, int steps) {
  if (steps == 0) return 1;
  return parallel_reduce(
      rt, 1, std::min(steps, 3) + 1, std::uint64_t{0},
      [&](int by) { return climbs(rt, steps - by); }, std::plus<>{}, 1);
}

TEST(ParallelReduce, MayBeNested) {
  for (const unsigned workers : worker_counts) {
    runtime rt(with_workers(workers));
    EXPECT_EQ(climbs(rt, 13), 1705u);
  }
}

}  // namespace
}  // namespace wyn::tests
