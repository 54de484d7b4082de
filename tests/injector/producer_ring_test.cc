// The producer ring, one operation after another.
#include "core/injector/producer_ring.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <thread>
#include <vector>

namespace wyn {
namespace {

using ring = producer_ring<std::uint64_t>;

std::vector<std::uint64_t> take(ring& from, std::size_t max) {
  std::vector<std::uint64_t> out(max);
  const claim_result got = from.claim(out.data(), max);
  EXPECT_FALSE(got.lost);
  out.resize(got.count);
  return out;
}

TEST(ProducerRing, IsEmptyAtFirstAndAllocatesNothing) {
  ring r;
  EXPECT_EQ(r.size_estimate(), 0);
  EXPECT_EQ(r.pushed_total(), 0);
  EXPECT_EQ(r.memory_bytes(), 0u);
  EXPECT_TRUE(take(r, 4).empty());
}

TEST(ProducerRing, GivesItemsBackInTheirOrder) {
  ring r;
  for (std::uint64_t i = 0; i < 5; ++i) ASSERT_TRUE(r.push(i));
  EXPECT_EQ(take(r, 2), (std::vector<std::uint64_t>{0, 1}));
  EXPECT_EQ(take(r, 9), (std::vector<std::uint64_t>{2, 3, 4}));
  EXPECT_TRUE(take(r, 9).empty());
}

TEST(ProducerRing, AClaimOfNothingTakesNothing) {
  ring r;
  ASSERT_TRUE(r.push(7));
  EXPECT_TRUE(take(r, 0).empty());
  EXPECT_EQ(r.size_estimate(), 1);
}

TEST(ProducerRing, CountsWhatIsQueuedAndWhatWasEverPushed) {
  ring r;
  for (std::uint64_t i = 0; i < 5; ++i) ASSERT_TRUE(r.push(i));
  take(r, 3);
  EXPECT_EQ(r.size_estimate(), 2);
  EXPECT_EQ(r.pushed_total(), 5);
}

TEST(ProducerRing, SaysFullAtItsCapacityAndTakesMoreAfterAClaim) {
  ring r(2, 2);
  EXPECT_TRUE(r.push(1));
  EXPECT_TRUE(r.push(2));
  EXPECT_FALSE(r.push(3));
  EXPECT_EQ(r.pushed_total(), 2);
  EXPECT_EQ(take(r, 1), (std::vector<std::uint64_t>{1}));
  EXPECT_TRUE(r.push(3));
  EXPECT_FALSE(r.push(4));
  EXPECT_EQ(take(r, 4), (std::vector<std::uint64_t>{2, 3}));
}

TEST(ProducerRing, ReusesItsSlotsWithoutGrowing) {
  ring r(4, 1024);
  for (std::uint64_t i = 0; i < 100; ++i) {
    ASSERT_TRUE(r.push(i));
    ASSERT_EQ(take(r, 4), (std::vector<std::uint64_t>{i}));
  }
  EXPECT_EQ(r.capacity(), 4);
}

TEST(ProducerRing, GrowsAroundItsEndKeepingTheOrder) {
  ring r(4, 1024);
  for (std::uint64_t i = 0; i < 4; ++i) ASSERT_TRUE(r.push(i));
  EXPECT_EQ(take(r, 3), (std::vector<std::uint64_t>{0, 1, 2}));
  for (std::uint64_t i = 4; i < 20; ++i) ASSERT_TRUE(r.push(i));
  EXPECT_EQ(r.capacity(), 32);
  const auto rest = take(r, 64);
  ASSERT_EQ(rest.size(), 17u);
  for (std::size_t i = 0; i < rest.size(); ++i) EXPECT_EQ(rest[i], i + 3);
}

TEST(ProducerRing, RoundsCapacitiesUpToPowersOfTwo) {
  ring r(3, 5);
  for (std::uint64_t i = 0; i < 8; ++i) ASSERT_TRUE(r.push(i));
  EXPECT_FALSE(r.push(8));
  EXPECT_EQ(r.capacity(), 8);
}

TEST(ProducerRing, OutgrownBuffersNeverNeedMoreThanTheNewest) {
  ring r(2);
  for (std::uint64_t i = 0; i < 100000; ++i) ASSERT_TRUE(r.push(i));
  EXPECT_LE(r.memory_bytes(), 2u * 131072 * sizeof(std::uint64_t) + 1024);
}

TEST(ProducerRing, CarriesItemsOfSeveralWords) {
  using three = std::array<std::uint64_t, 3>;
  producer_ring<three> r(1);
  for (std::uint64_t i = 0; i < 10; ++i) ASSERT_TRUE(r.push(three{i, i * i, ~i}));
  std::array<three, 16> out{};
  ASSERT_EQ(r.claim(out.data(), out.size()).count, 10u);
  for (std::uint64_t i = 0; i < 10; ++i) EXPECT_EQ(out[i], (three{i, i * i, ~i}));
}

TEST(ProducerRing, GoesOnUnderANewProducerAfterTheOldOneIsGone) {
  ring r(2, 64);
  for (std::uint64_t round = 0; round < 8; ++round) {
    std::thread producer([&] {
      for (std::uint64_t i = 0; i < 5; ++i) ASSERT_TRUE(r.push(round * 5 + i));
    });
    producer.join();  // the happens-before edge across which the role moves
  }
  EXPECT_EQ(r.pushed_total(), 40);
  const auto all = take(r, 64);
  ASSERT_EQ(all.size(), 40u);
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i], i);
}

TEST(ProducerRing, WhatAGoneProducerLeftCanBeClaimed) {
  ring r;
  std::thread producer([&] {
    for (std::uint64_t i = 0; i < 3; ++i) ASSERT_TRUE(r.push(i));
  });
  producer.join();
  EXPECT_EQ(take(r, 8), (std::vector<std::uint64_t>{0, 1, 2}));
}

TEST(ProducerRing, WhoComesBackLooksForMoreOnlyWhereWhatItKnowsIsTooLittle) {
  ring r(2);
  for (std::uint64_t i = 0; i < 6; ++i) ASSERT_TRUE(r.push(i));
  std::array<std::uint64_t, 4> out{};
  std::int64_t pushed = 0;
  ASSERT_EQ(r.claim(out.data(), 2, pushed).count, 2u);
  EXPECT_EQ(pushed, 6);
  for (std::uint64_t i = 6; i < 20; ++i) ASSERT_TRUE(r.push(i));  // it grows meanwhile
  EXPECT_EQ(r.left_of(pushed), 4);
  ASSERT_EQ(r.claim(out.data(), 4, pushed).count, 4u);
  EXPECT_EQ(pushed, 6);
  EXPECT_EQ(out, (std::array<std::uint64_t, 4>{2, 3, 4, 5}));
  EXPECT_EQ(r.left_of(pushed), 0);
  ASSERT_EQ(r.claim(out.data(), 1, pushed).count, 1u);
  EXPECT_EQ(pushed, 20);
  EXPECT_EQ(out[0], 6u);
  EXPECT_EQ(take(r, 64).size(), 13u);
  EXPECT_EQ(r.claim(out.data(), 4, pushed).count, 0u);  // others took what it knows of
}

// An environment whose memory runs out after a number of buffers.
struct env_scarce : env_default {
  static inline int buffers_left = 0;
  static void* allocate_zeroed(std::size_t bytes) noexcept {
    if (buffers_left == 0) return nullptr;
    --buffers_left;
    return env_default::allocate_zeroed(bytes);
  }
};

TEST(ProducerRing, SaysFullWhenThereIsNoMemoryForAFirstBuffer) {
  env_scarce::buffers_left = 0;
  producer_ring<std::uint64_t, env_scarce> r;
  EXPECT_FALSE(r.push(1));
  EXPECT_EQ(r.size_estimate(), 0);
  env_scarce::buffers_left = 1;
  EXPECT_TRUE(r.push(1));
}

TEST(ProducerRing, KeepsItsItemsWhenThereIsNoMemoryToGrow) {
  env_scarce::buffers_left = 1;
  producer_ring<std::uint64_t, env_scarce> r(2);
  EXPECT_TRUE(r.push(1));
  EXPECT_TRUE(r.push(2));
  EXPECT_FALSE(r.push(3));
  std::array<std::uint64_t, 4> out{};
  ASSERT_EQ(r.claim(out.data(), out.size()).count, 2u);
  EXPECT_EQ(out[0], 1u);
  EXPECT_EQ(out[1], 2u);
}

TEST(ProducerRingDeathTest, ImpossibleCapacitiesAreRefused) {
  EXPECT_DEATH(ring(0), "queue capacities");
  EXPECT_DEATH(ring(8, 4), "queue capacities");
  EXPECT_DEATH(ring(1, ring::unbounded + 1), "queue capacities");
}

}  // namespace
}  // namespace wyn
