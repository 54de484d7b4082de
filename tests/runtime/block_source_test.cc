// Whose turn it is when a thread comes back for more tasks of a ring.
#include "core/runtime/block_source.h"

#include <gtest/gtest.h>

namespace wyn {
namespace {

TEST(BlockSource, IsTheRingThatASearchFoundForSomeBlocksInARow) {
  int ring = 0, other = 0;
  block_source<int> source;
  EXPECT_EQ(source.next(), nullptr);
  for (int* p : {&ring, &other}) {
    source.found(*p, 1000);
    EXPECT_EQ(source.known_pushed(), 1000);
    int blocks = 1;
    for (; source.next() != nullptr; ++blocks) {
      EXPECT_EQ(source.next(), p);
      source.took_next();
    }
    EXPECT_EQ(blocks, block_source<int>::most_in_row);
  }
}

TEST(BlockSource, IsASearchAgainWhenNothingWasLeft) {
  int ring = 0;
  block_source<int> source;
  source.found(ring, 1);
  source.forget();
  EXPECT_EQ(source.next(), nullptr);
  source.found(ring, 1);
  EXPECT_EQ(source.next(), &ring);
}

TEST(BlockSource, AProducerIsFarByDistance) {
  int ring = 0;
  block_source<int> source;
  EXPECT_FALSE(source.is_far(ring, 1000, block_source<int>::distance - 1));
  EXPECT_TRUE(source.is_far(ring, 2000, block_source<int>::distance));
}

TEST(BlockSource, AProducerIsFarThatStandsStill) {
  int ring = 0, other = 0;
  block_source<int> source;
  EXPECT_FALSE(source.is_far(ring, 0, 5));  // nothing is known of it yet
  EXPECT_TRUE(source.is_far(ring, 0, 5));
  EXPECT_FALSE(source.is_far(ring, 1, 5));
  EXPECT_FALSE(source.is_far(other, 1, 5));  // that was another ring
  EXPECT_FALSE(source.is_far(ring, 1, 5));
  EXPECT_TRUE(source.is_far(ring, 1, 5));
}

}  // namespace
}  // namespace wyn
