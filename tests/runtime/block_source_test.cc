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
    source.found(*p);
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
  source.found(ring);
  source.forget();
  EXPECT_EQ(source.next(), nullptr);
  source.found(ring);
  EXPECT_EQ(source.next(), &ring);
}

}  // namespace
}  // namespace wyn
