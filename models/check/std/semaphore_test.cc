// Semaphores and latches of the drop-in.
#include "models/check/std/semaphore.h"

#include <gtest/gtest.h>

#include "models/check/std/as_std.h"
#include "models/check/std/checked.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;
using wyn::model::failure;

template <int Places>
struct enters {
  static constexpr int threads = 2;
  std_::counting_semaphore<2> places{Places};
  std_::var<int> inside = 0;
  void thread(int) {
    places.acquire();
    ++inside;
    places.release();
  }
  void after() { std_::require(inside == 2, "both were in"); }
};
MODEL_TEST(StdSemaphore, OnePlaceKeepsTheOtherOut, (enters<1>), executions(8));
MODEL_TEST_FAILS(StdSemaphore, TwoPlacesLetThemRace, (enters<2>), failure::data_race);

template <bool Release>
struct hands_over {
  static constexpr int threads = 2;
  wyn::as_std::binary_semaphore ready{0};
  std_::var<int> data = 0;
  void thread(int id) {
    if (id == 0) {
      data = 1;
      if (Release) ready.release();
    } else {
      ready.acquire();
      std_::require(data == 1, "released after it was written");
    }
  }
};
// It is released already, or the other sleeps.
MODEL_TEST(StdSemaphore, AReleaseHandsOver, (hands_over<true>), executions(2));
MODEL_TEST_FAILS(StdSemaphore, WithoutItTheOtherSleepsForEver, (hands_over<false>),
                 failure::lost_wakeup);

struct too_many {
  static constexpr int threads = 1;
  std_::binary_semaphore one{1};
  void thread(int) { one.release(); }
};
MODEL_TEST_FAILS(StdSemaphore, BeyondItsMaximumIsMisuse, (too_many), failure::misuse);

struct all_arrive {
  static constexpr int threads = 2;
  wyn::as_std::latch here{2};
  std_::var<int> mine[2];
  void thread(int id) {
    mine[id] = id + 1;
    here.arrive_and_wait();
    std_::require(mine[1 - id] == 2 - id, "what the other did before is seen");
  }
};
// Who is first, and whether it looks before the other has arrived.
MODEL_TEST(StdLatch, WhoArrivesSeesTheOthers, (all_arrive), executions(4));

struct one_is_missing {
  static constexpr int threads = 2;
  std_::latch here{2};
  void thread(int id) {
    if (id == 0) here.count_down();
    else here.wait();
  }
};
MODEL_TEST_FAILS(StdLatch, AMissingArrivalIsNoticed, (one_is_missing), failure::lost_wakeup);

struct too_often {
  static constexpr int threads = 1;
  std_::latch here{1};
  void thread(int) {
    here.count_down();
    here.count_down();
  }
};
MODEL_TEST_FAILS(StdLatch, BelowNothingIsMisuse, (too_often), failure::misuse);

}  // namespace
