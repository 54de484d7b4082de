// Which batches make a thread queue in its deque, and for how long, by a clock that the test moves.
#include "core/runtime/batch_record.h"

#include <gtest/gtest.h>

#include <chrono>
#include <vector>

namespace wyn {
namespace {

using namespace std::chrono_literals;
using time_point = std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;

class BatchRecord : public testing::Test {
 protected:
  // Spawns `tasks`, waits, and runs all but those that others run.
  void batch(std::uint64_t tasks, std::chrono::nanoseconds spawning,
             std::chrono::nanoseconds running, std::uint64_t ran_by_others = 0) {
    spawned += tasks;
    now += spawning;
    EXPECT_EQ(record.is_batch(spawned), tasks >= 256);
    record.wait_begins(now, completed);
    EXPECT_TRUE(record.is_open());
    now += running;
    completed += tasks - ran_by_others;
    record.ran_out(now, completed, spawned, workers, room);
    EXPECT_FALSE(record.is_open());
  }
  // The first spawn after a wait: whether it goes to the deque.
  bool first_spawn(batch_record<time_point>& r) const { return r.begins_asking() && r.trusts(now); }
  bool first_spawn() { return first_spawn(record); }
  // Whether it would.
  bool trusted() const {
    auto copy = record;
    return first_spawn(copy);
  }
  // For how long after that one others would.
  std::chrono::nanoseconds trust() const {
    auto begun = record;
    EXPECT_TRUE(first_spawn(begun));
    std::chrono::nanoseconds t{0};
    for (auto copy = begun; copy.trusts(now + t); copy = begun) t += 10us;
    return t;
  }
  // Batches that only their time tells from longer tasks, each with a note of its first spawn.
  // Whether they went to the deque.
  std::vector<bool> timed_batches(int n, std::chrono::nanoseconds in_ring,
                                  std::chrono::nanoseconds in_deque) {
    std::vector<bool> places;
    for (int i = 0; i < n; ++i) {
      now += 5ms;  // the thread has other things to do
      places.push_back(first_spawn());
      batch(1000, 10us, (places.back() ? in_deque : in_ring) - 10us);
    }
    return places;
  }

  unsigned workers = 1;
  std::int64_t room = 512;
  std::uint64_t spawned = 0;
  std::uint64_t completed = 0;
  time_point now{1s};
  batch_record<time_point> record{now, spawned};
};

TEST_F(BatchRecord, NothingIsKnownAtFirst) { EXPECT_FALSE(trusted()); }

TEST_F(BatchRecord, TriflesThatTheThreadRanItselfMakeItTrusted) {
  batch(1000, 10us, 15'999ns);
  EXPECT_TRUE(trusted());
  batch(1000, 10us, 16us);
  EXPECT_FALSE(trusted());
}

TEST_F(BatchRecord, TriflesThatAWorkerRanMeanwhileDoToo) {
  batch(10'000, 100us, 20us, 9'900);
  EXPECT_TRUE(trusted());
  batch(10'000, 200us, 20us, 9'900);  // they may have been longer
  EXPECT_FALSE(trusted());
}

TEST_F(BatchRecord, SeveralWorkersMayHaveRunLongerOnes) {
  workers = 2;
  batch(10'000, 100us, 20us, 9'900);
  EXPECT_FALSE(trusted());
}

TEST_F(BatchRecord, TooFewTasksSayNothing) {
  batch(1000, 10us, 1us, 900);  // 100 of its own, 900 of the worker's
  EXPECT_TRUE(trusted());
  batch(400, 50us, 10ns, 200);  // 200 each
  EXPECT_FALSE(trusted());
  spawned += 255;
  EXPECT_FALSE(record.is_batch(spawned));
  spawned += 1;  // they add up
  EXPECT_TRUE(record.is_batch(spawned));
}

TEST_F(BatchRecord, TrustLastsFourTimesAsLongAsTheBatchWasSpawned) {
  batch(1000, 200us, 1us);
  EXPECT_EQ(trust(), 800us);
  batch(1000, 1us, 1us);
  EXPECT_EQ(trust(), 100us);
  batch(1000, 1h, 1us);
  EXPECT_EQ(trust(), 100ms);
}

TEST_F(BatchRecord, TrustBeginsWithTheFirstSpawn) {
  batch(1000, 200us, 1us);
  now += 1h;
  EXPECT_EQ(trust(), 800us);
}

TEST_F(BatchRecord, WhatComesBeforeTheFirstSpawnIsNoPartOfTheSpawning) {
  batch(1000, 200us, 1us);
  ASSERT_TRUE(record.begins_asking());
  now += 1h;
  ASSERT_TRUE(record.trusts(now));
  batch(1000, 300us, 1us);
  EXPECT_EQ(trust(), 1200us);
}

TEST_F(BatchRecord, AWaitForTooFewBeginsTheTrustAnewButNotTheBatch) {
  batch(1000, 200us, 1us);
  ASSERT_TRUE(first_spawn());
  spawned += 100;
  now += 700us;
  ASSERT_TRUE(record.begins_asking());
  EXPECT_EQ(trust(), 800us);
  ASSERT_TRUE(record.trusts(now));
  batch(1000, 300us, 1us);
  EXPECT_EQ(trust(), 4ms);
}

TEST_F(BatchRecord, TrustThatIsOverDoesNotComeBackWithoutABatch) {
  batch(1000, 200us, 1us);
  ASSERT_TRUE(first_spawn());
  EXPECT_FALSE(record.trusts(now + 1s));
  EXPECT_FALSE(record.begins_asking());
}

TEST_F(BatchRecord, TasksThatTakeLongInTheRingAloneEndInTheDeque) {
  const std::vector<bool> usual_twice_and_timed{false, false, false};
  EXPECT_EQ(timed_batches(3, 200us, 50us), usual_twice_and_timed);
  EXPECT_EQ(timed_batches(200, 200us, 50us), std::vector<bool>(200, true));
}

TEST_F(BatchRecord, TasksThatTakeAsLongInTheDequeStayInTheRing) {
  timed_batches(3, 200us, 200us);
  EXPECT_EQ(timed_batches(1, 200us, 200us), std::vector<bool>{true});
  EXPECT_EQ(timed_batches(60, 200us, 200us), std::vector<bool>(60, false));
}

TEST_F(BatchRecord, ATrialThatIsNotWaitedForIsNone) {
  timed_batches(3, 200us, 50us);
  ASSERT_TRUE(first_spawn());
  EXPECT_FALSE(record.trusts(now + 1s));
  EXPECT_FALSE(record.begins_asking());
  EXPECT_EQ(timed_batches(3, 200us, 50us), std::vector<bool>(3, false));
  EXPECT_EQ(timed_batches(1, 200us, 50us), std::vector<bool>{true});
}

TEST_F(BatchRecord, ATrialInWhichAQueueGrowsIsMadeOnceMore) {
  timed_batches(3, 200us, 50us);
  room = 1024;
  EXPECT_EQ(timed_batches(1, 200us, 400us), std::vector<bool>{true});
  EXPECT_EQ(timed_batches(50, 200us, 50us), std::vector<bool>(50, true));
}

TEST_F(BatchRecord, TriflesNeedNoTrial) {
  for (int i = 0; i < 1000; ++i) {
    batch(1000, 10us, 10us);
    ASSERT_TRUE(trusted());
  }
}

}  // namespace
}  // namespace wyn
