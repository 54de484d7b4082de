// Whose turn it is when a thread comes back for more tasks of a ring.
#include "core/runtime/block_source.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace wyn {
namespace {

struct ring_of {
  std::int64_t pushed = 0;
  std::int64_t claimed = 0;
  mutable int looks = 0;  // at the producer's line

  std::int64_t left_of(std::int64_t known) const { return known - claimed; }
  std::int64_t size_estimate() const {
    ++looks;
    return pushed - claimed;
  }
  std::int64_t pushed_total() const { return pushed; }
};

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
  ring_of ring{.pushed = 1000};
  block_source<int> source;
  EXPECT_FALSE(source.is_far(ring, block_source<int>::distance - 1));
  ring.pushed = 2000;
  EXPECT_TRUE(source.is_far(ring, block_source<int>::distance));
}

TEST(BlockSource, AProducerIsFarThatStandsStill) {
  ring_of ring, other{.pushed = 1};
  block_source<int> source;
  EXPECT_FALSE(source.is_far(ring, 5));  // nothing is known of it yet
  EXPECT_TRUE(source.is_far(ring, 5));
  ring.pushed = 1;
  EXPECT_FALSE(source.is_far(ring, 5));
  EXPECT_FALSE(source.is_far(other, 5));  // that was another ring
  EXPECT_FALSE(source.is_far(ring, 5));
  EXPECT_TRUE(source.is_far(ring, 5));
}

constexpr auto from_anywhere = [] { return false; };
constexpr auto from_afar = [] { return true; };

TEST(BlockSource, ABlockIsThereByWhatIsKnownWithoutALook) {
  int p = 0;
  block_source<int> source;
  source.found(p, 1000);
  ring_of ring{.pushed = 1000, .claimed = 744};
  EXPECT_TRUE(source.has_block(ring, 256, from_afar));
  EXPECT_EQ(ring.looks, 0);
  ring.claimed = 745;
  EXPECT_FALSE(source.has_block(ring, 256, from_anywhere));
  EXPECT_EQ(ring.looks, 1);
}

TEST(BlockSource, WhereTooLittleIsKnownABlockIsThereByALookAndFromAfarByDistanceToo) {
  int p = 0;
  block_source<int> source;
  source.found(p, 256);
  ring_of ring{.pushed = 512, .claimed = 256};
  EXPECT_TRUE(source.has_block(ring, 256, from_anywhere));
  EXPECT_FALSE(source.has_block(ring, 256, from_afar));
  ring.pushed = 256 + block_source<int>::distance;
  EXPECT_TRUE(source.has_block(ring, 256, from_afar));
}

}  // namespace
}  // namespace wyn
