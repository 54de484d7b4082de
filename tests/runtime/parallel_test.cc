// parallel_for, parallel_for_each, parallel_invoke.
#include "core/runtime/parallel.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

constexpr unsigned worker_counts[] = {0, 1, 2, 4};

TEST(ParallelFor, VisitsEachIndexOnceWhateverTheGrain) {
  for (const unsigned workers : worker_counts) {
    runtime rt(with_workers(workers));
    for (const std::size_t grain : {0u, 1u, 7u, 100000u}) {
      std::vector<std::atomic<int>> visits(scaled(10'000));
      parallel_for(
          rt, std::size_t{0}, visits.size(), [&](std::size_t i) { ++visits[i]; }, grain);
      for (const auto& v : visits) ASSERT_EQ(v, 1) << workers << " workers, grain " << grain;
    }
  }
}

TEST(ParallelFor, DoesNothingForAnEmptyOrReversedRange) {
  runtime rt(with_workers(1));
  const auto never = [](int) { FAIL(); };
  parallel_for(rt, 3, 3, never);
  parallel_for(rt, 4, 3, never);
}

TEST(ParallelFor, TakesTheWholeRangeOfSmallTypes) {
  runtime rt(with_workers(1));
  std::atomic<int> calls{0}, sum{0};
  parallel_for(rt, std::int8_t{-128}, std::int8_t{127}, [&](std::int8_t i) {
    ++calls;
    sum += i;
  });
  EXPECT_EQ(calls, 255);
  EXPECT_EQ(sum, -255);
}

TEST(ParallelFor, TakesRangesWhoseLengthDoesNotFitTheIndexType) {
  EXPECT_EQ(detail::distance_of(std::numeric_limits<std::int64_t>::min(),
                                std::numeric_limits<std::int64_t>::max()),
            std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(detail::index_at(std::numeric_limits<int>::min(), std::size_t{1} << 31), 0);
}

TEST(ParallelFor, ThrowsWhatTheLowestFailingPieceThrowsAfterAllPiecesEnded) {
  for (const unsigned workers : worker_counts) {
    runtime rt(with_workers(workers));
    for (int round = 0; round < 20; ++round) {
      std::atomic<int> calls{0};
      try {
        parallel_for(
            rt, 0, 1000,
            [&](int i) {
              ++calls;
              if (i % 100 == 50) throw std::runtime_error(std::to_string(i));
            },
            1);
        FAIL() << "nothing was thrown";
      } catch (const std::runtime_error& e) {
        EXPECT_STREQ(e.what(), "50");
      }
      EXPECT_EQ(calls, 1000);
    }
  }
}

// From one piece up to several walks of sixteen side by side, whole and not.
constexpr std::size_t piece_counts[] = {1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 48, 100, 1000};

TEST(ParallelForPieces, CoverTheRangeOnceAndBeginAtMultiplesOfTheGrain) {
  for (const unsigned workers : worker_counts) {
    runtime rt(with_workers(workers));
    for (const std::size_t pieces : piece_counts) {
      for (const std::size_t last : {1u, 4u, 5u}) {  // indices of the last piece
        constexpr std::size_t grain = 5;
        const std::size_t n = (pieces - 1) * grain + last;
        std::vector<std::atomic<int>> visits(n);
        parallel_for_pieces(
            rt, std::size_t{100}, 100 + n,
            [&](std::size_t from, std::size_t to) {
              EXPECT_EQ((from - 100) % grain, 0u);
              EXPECT_EQ(to, std::min(from + grain, 100 + n));
              for (std::size_t i = from; i < to; ++i) ++visits[i - 100];
            },
            grain);
        for (const auto& v : visits) ASSERT_EQ(v, 1) << pieces << " pieces, " << last;
      }
    }
  }
}

TEST(ParallelForPieces, CoverTheLongestRangeByTheDefaultGrain) {
  constexpr auto longest = std::numeric_limits<std::size_t>::max();
  for (const unsigned workers : worker_counts) {
    runtime rt(with_workers(workers));
    std::atomic<std::size_t> length{0};
    std::atomic<int> pieces{0};
    parallel_for_pieces(rt, std::size_t{0}, longest, [&](std::size_t from, std::size_t to) {
      length += to - from;
      ++pieces;
    });
    EXPECT_EQ(length, longest);
    EXPECT_LE(pieces, static_cast<int>((workers + 1) * 8));
  }
}

TEST(ParallelForPieces, RunWhereTheQueueHasNoRoom) {
  for (const std::int64_t room : {1, 2, 3, 8}) {
    options o = with_workers(1);
    o.max_queued = room;
    o.on_full = full_policy::error;
    runtime rt(o);
    for (const int pieces : {2, 16, 33, 500}) {
      std::atomic<int> calls{0};
      parallel_for(
          rt, 0, pieces, [&](int) { ++calls; }, 1);
      ASSERT_EQ(calls, pieces);
      calls = 0;
      try {
        parallel_for(
            rt, 0, pieces,
            [&](int i) {
              ++calls;
              throw std::runtime_error(std::to_string(i));
            },
            1);
        FAIL() << "nothing was thrown";
      } catch (const std::runtime_error& e) {
        EXPECT_STREQ(e.what(), "0");
      }
      ASSERT_EQ(calls, pieces);
    }
  }
}

TEST(ParallelFor, ThrowsTheLowestWhicheverPieceThrowsAndRunsTheOthers) {
  for (const unsigned workers : worker_counts) {
    runtime rt(with_workers(workers));
    for (const std::size_t pieces : {1u, 2u, 15u, 16u, 17u, 40u}) {
      for (std::size_t lowest = 0; lowest < pieces; ++lowest) {
        std::atomic<std::size_t> calls{0};
        try {
          parallel_for(
              rt, std::size_t{0}, pieces,
              [&](std::size_t i) {
                ++calls;
                if (i >= lowest) throw i;
              },
              1);
          FAIL() << "nothing was thrown";
        } catch (const std::size_t& thrown) {
          ASSERT_EQ(thrown, lowest) << "of " << pieces;
        }
        ASSERT_EQ(calls, pieces);
      }
    }
  }
}

// Each piece but one can be taken by the other thread while that one runs: else this hangs.
TEST(ParallelFor, LetsOthersRunAllOtherPiecesWhileTheFirstOneIsBusy) {
  for (const unsigned workers : {1u, 3u}) {
    runtime rt(with_workers(workers));
    for (const std::size_t pieces : piece_counts) {
      std::atomic<std::size_t> others{0};
      parallel_for(
          rt, std::size_t{0}, pieces,
          [&](std::size_t i) {
            if (i == 0)
              spin_until([&] { return others == pieces - 1; });
            else
              ++others;
          },
          1);
      ASSERT_EQ(others, pieces - 1);
    }
  }
}

// The same for each other piece: the only worker is kept away until the caller has come to it.
TEST(ParallelFor, LetsOthersRunAllLaterPiecesWhileOneIsBusy) {
  runtime rt(with_workers(1));
  constexpr std::size_t pieces = 40;
  for (std::size_t busy = 0; busy < pieces; ++busy) {
    std::atomic<bool> held{false}, go{false};
    rt.spawn([&] {
      held = true;
      spin_until_set(go);
    });
    spin_until_set(held);
    std::atomic<std::size_t> later{0};
    parallel_for(
        rt, std::size_t{0}, pieces,
        [&](std::size_t i) {
          if (i > busy) ++later;
          if (i < busy || go.exchange(true)) return;
          spin_until([&] { return later == pieces - busy - 1; });
        },
        1);
    ASSERT_EQ(later, pieces - busy - 1);
    rt.wait_idle();
  }
}

TEST(ParallelFor, MayBeNestedAndRunInsideTasks) {
  runtime rt(with_workers(2));
  std::atomic<int> calls{0};
  rt.submit([&] {
      parallel_for(
          0, 20,
          [&](int) {
            parallel_for(
                0, 20, [&](int) { ++calls; }, 1);
          },
          1);
    }).get();
  EXPECT_EQ(calls, 400);
}

TEST(ParallelForEach, PassesTheElementsThemselves) {
  runtime rt(with_workers(2));
  std::vector<int> v(scaled(5'000));
  std::iota(v.begin(), v.end(), 0);
  parallel_for_each(rt, v.begin(), v.end(), [](int& x) { x *= 2; });
  for (std::size_t i = 0; i < v.size(); ++i) ASSERT_EQ(v[i], static_cast<int>(2 * i));
}

TEST(ParallelInvoke, CallsEachFunctionOnceOnTheDefaultRuntimeToo) {
  int calls[4] = {};
  parallel_invoke([&] { ++calls[0]; });
  parallel_invoke([&] { ++calls[0]; }, [&] { ++calls[1]; }, [&] { ++calls[2]; },
                  [&] { ++calls[3]; });
  EXPECT_EQ(calls[0], 2);
  EXPECT_EQ(calls[1] + calls[2] + calls[3], 3);
}

TEST(ParallelInvoke, ThrowsTheFirstFunctionsExceptionBeforeLaterOnes) {
  runtime rt(with_workers(2));
  bool third = false;
  try {
    parallel_invoke(
        rt, [] {}, [] { throw std::runtime_error("second"); },
        [&] {
          third = true;
          throw std::runtime_error("third");
        });
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& e) {
    EXPECT_STREQ(e.what(), "second");
  }
  EXPECT_TRUE(third);
}

}  // namespace
}  // namespace wyn::tests
