// When a thread tries its other queue, and what makes it stay there.
#include "core/runtime/queue_trial.h"

#include <gtest/gtest.h>

namespace wyn {
namespace {

class QueueTrial : public testing::Test {
 protected:
  void batch(double took, std::int64_t tasks = 1000) { trial.judge({tasks, took, took / 2}); }
  // Batches in the usual queue until one is to be timed; how many.
  int batches_until_timed(double took) {
    int n = 0;
    for (; !trial.next_is_timed() && n < 10'000; ++n) batch(took);
    return n;
  }
  // From the beginning until the ring and the deque have been timed.
  void try_deque(double in_ring, double in_deque) {
    ASSERT_EQ(batches_until_timed(in_ring), 2);
    ASSERT_FALSE(trial.next_in_deque());
    batch(in_ring);
    ASSERT_TRUE(trial.next_in_deque());
    ASSERT_TRUE(trial.next_is_timed());
    batch(in_deque);
    ASSERT_FALSE(trial.next_is_timed());
  }

  queue_trial trial;
};

TEST_F(QueueTrial, BeginsWithTheRing) {
  EXPECT_FALSE(trial.next_in_deque());
  EXPECT_FALSE(trial.next_is_timed());
}

TEST_F(QueueTrial, StaysInTheDequeIfThatTakesLessThanThreeQuarters) {
  try_deque(100, 74);
  EXPECT_TRUE(trial.next_in_deque());
}

TEST_F(QueueTrial, StaysInTheRingOtherwise) {
  try_deque(100, 76);
  EXPECT_FALSE(trial.next_in_deque());
}

TEST_F(QueueTrial, TriesAgainWhenThatCostsA64thOfTheTime) {
  try_deque(100, 200);
  EXPECT_EQ(batches_until_timed(100), 128);
  batch(100);
  EXPECT_TRUE(trial.next_in_deque());
  batch(300);
  EXPECT_FALSE(trial.next_in_deque());
  EXPECT_EQ(batches_until_timed(100), 192);
}

TEST_F(QueueTrial, TriesTheRingAgainToo) {
  try_deque(200, 50);
  EXPECT_EQ(batches_until_timed(50), 256);
  EXPECT_TRUE(trial.next_in_deque());
  batch(50);
  EXPECT_FALSE(trial.next_in_deque());
  batch(200);
  EXPECT_TRUE(trial.next_in_deque());
  EXPECT_EQ(batches_until_timed(50), 256);
  batch(50);
  batch(30);  // in the ring
  EXPECT_FALSE(trial.next_in_deque());
}

TEST_F(QueueTrial, TasksThatAreLongInTheDequeAloneAreNotTriedAtOnce) {
  try_deque(400, 2000);
  EXPECT_EQ(batches_until_timed(400), 320);
}

TEST_F(QueueTrial, HoweverBadTheOtherQueueIsItIsTriedAgain) {
  try_deque(1, 1'000'000);
  EXPECT_EQ(batches_until_timed(1), 4096);
}

TEST_F(QueueTrial, BeginsAnewIfTasksTakeLongerInTheDeque) {
  try_deque(200, 50);
  batch(74);
  EXPECT_TRUE(trial.next_in_deque());
  batch(76);
  EXPECT_FALSE(trial.next_in_deque());
  try_deque(200, 50);
  EXPECT_TRUE(trial.next_in_deque());
}

TEST_F(QueueTrial, WhatIsLongerIsToldByTheDequeAlone) {
  try_deque(200, 50);
  batches_until_timed(50);
  batch(50);
  batch(200);  // in the ring
  batch(76);
  EXPECT_FALSE(trial.next_in_deque());
}

TEST_F(QueueTrial, BatchesOfDifferentSizesAreNotCompared) {
  batches_until_timed(100);
  batch(100, 1000);
  batch(10, 2002);
  EXPECT_FALSE(trial.next_in_deque());
  EXPECT_EQ(batches_until_timed(100), 64);
  batch(100, 1000);
  batch(10, 499);
  EXPECT_FALSE(trial.next_in_deque());
  batches_until_timed(100);
  batch(100, 1000);
  batch(10, 2000);
  EXPECT_TRUE(trial.next_in_deque());
}

TEST_F(QueueTrial, LongTasksAreWorthTheWay) {
  for (int i = 0; i < 1000; ++i) batch(1024);
  EXPECT_FALSE(trial.next_is_timed());
  batches_until_timed(1023);
  batch(1024);  // they have become longer
  EXPECT_FALSE(trial.next_is_timed());
}

TEST_F(QueueTrial, ATimeThatSaysNothingIsTakenOnceMore) {
  batches_until_timed(100);
  trial.judge({1000, 0, 50});
  EXPECT_FALSE(trial.next_in_deque());
  EXPECT_TRUE(trial.next_is_timed());
  batch(100);
  EXPECT_TRUE(trial.next_in_deque());
  trial.judge({1000, 0, 50});
  EXPECT_TRUE(trial.next_in_deque());
  batch(50);
  EXPECT_TRUE(trial.next_in_deque());
  EXPECT_FALSE(trial.next_is_timed());
}

}  // namespace
}  // namespace wyn
