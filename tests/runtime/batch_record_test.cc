// Which batches make a thread queue in its deque, and for how long, by a clock that the test moves.
#include "core/runtime/batch_record.h"

#include <gtest/gtest.h>

#include <chrono>

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
    record.ran_out(now, completed, spawned, workers);
    EXPECT_FALSE(record.is_open());
  }
  // For how long after the last batch it is trusted.
  std::chrono::nanoseconds trust() {
    std::chrono::nanoseconds t{0};
    for (auto copy = record; copy.trusts(now + t); copy = record) t += 10us;
    return t;
  }

  unsigned workers = 1;
  std::uint64_t spawned = 0;
  std::uint64_t completed = 0;
  time_point now{1s};
  batch_record<time_point> record{now, spawned};
};

TEST_F(BatchRecord, NothingIsKnownAtFirst) { EXPECT_FALSE(record.begins_trusted()); }

TEST_F(BatchRecord, TriflesThatTheThreadRanItselfMakeItTrusted) {
  batch(1000, 10us, 15'999ns);
  EXPECT_TRUE(record.begins_trusted());
  batch(1000, 10us, 16us);
  EXPECT_FALSE(record.begins_trusted());
}

TEST_F(BatchRecord, TriflesThatAWorkerRanMeanwhileDoToo) {
  batch(10'000, 100us, 20us, 9'900);
  EXPECT_TRUE(record.begins_trusted());
  batch(10'000, 200us, 20us, 9'900);  // they may have been longer
  EXPECT_FALSE(record.begins_trusted());
}

TEST_F(BatchRecord, SeveralWorkersMayHaveRunLongerOnes) {
  workers = 2;
  batch(10'000, 100us, 20us, 9'900);
  EXPECT_FALSE(record.begins_trusted());
}

TEST_F(BatchRecord, TooFewTasksSayNothing) {
  batch(1000, 10us, 1us, 900);  // 100 of its own, 900 of the worker's
  EXPECT_TRUE(record.begins_trusted());
  batch(400, 50us, 10ns, 200);  // 200 each
  EXPECT_FALSE(record.begins_trusted());
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

TEST_F(BatchRecord, TheClockIsAskedEach512thTime) {
  batch(1000, 200us, 1us);
  ASSERT_TRUE(record.begins_trusted());
  for (int turn = 0; turn < 3; ++turn) {
    for (int i = 1; i < 512; ++i) ASSERT_TRUE(record.trusts_blindly());
    ASSERT_FALSE(record.trusts_blindly());
    ASSERT_TRUE(record.trusts(now + 799us));
  }
  EXPECT_FALSE(record.trusts(now + 800us));
}

TEST_F(BatchRecord, TrustThatIsOverDoesNotComeBackWithoutABatch) {
  batch(1000, 200us, 1us);
  EXPECT_FALSE(record.trusts(now + 1s));
  EXPECT_FALSE(record.begins_trusted());
}

}  // namespace
}  // namespace wyn
