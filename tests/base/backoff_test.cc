// How long a thread that lost a race waits before it tries again.
#include "core/base/backoff.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace wyn {
namespace {

std::vector<std::uint32_t> first_pauses(backoff b, int calls) {
  std::vector<std::uint32_t> pauses;
  for (int i = 0; i < calls; ++i) {
    pauses.push_back(b.next_pauses());
    b.pause();
  }
  return pauses;
}

TEST(Backoff, DoublesUpToItsLimit) {
  EXPECT_EQ(first_pauses(backoff(8), 6), (std::vector<std::uint32_t>{1, 2, 4, 8, 8, 8}));
}

TEST(Backoff, StopsAtALimitThatIsNoPowerOfTwo) {
  EXPECT_EQ(first_pauses(backoff(5), 5), (std::vector<std::uint32_t>{1, 2, 4, 5, 5}));
}

TEST(Backoff, OfLimitOneNeverGrows) {
  EXPECT_EQ(first_pauses(backoff(1), 3), (std::vector<std::uint32_t>{1, 1, 1}));
}

TEST(Backoff, StartsAgainAfterReset) {
  backoff b(8);
  b.pause();
  b.pause();
  ASSERT_EQ(b.next_pauses(), 4u);
  b.reset();
  EXPECT_EQ(b.next_pauses(), 1u);
}

}  // namespace
}  // namespace wyn
