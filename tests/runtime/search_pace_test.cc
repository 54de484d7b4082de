// When a thread may take from others again, by a clock that the test moves.
#include "core/runtime/search_pace.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

namespace wyn {
namespace {

using namespace std::chrono_literals;
using time_point = std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;

class SearchPace : public testing::Test {
 protected:
  // When it may, takes something that lasts that long, and is out of work again.
  void take(loot what, std::chrono::nanoseconds lasts) {
    now += what == loot::single ? pause() : pause_of_rings();
    pace.took(what);
    now += 10us;  // on its way
    EXPECT_TRUE(pace.is_measuring());
    pace.begins(now);
    now += lasts;
    pace.judge(now);
  }
  std::chrono::nanoseconds pause() const {
    std::chrono::nanoseconds p{0};
    while (!pace.may_steal(now + p)) p += 100ns;
    return p;
  }
  std::chrono::nanoseconds pause_of_rings() const {
    std::chrono::nanoseconds p{0};
    while (!pace.may_take(now + p)) p += 100ns;
    return p;
  }

  search_pace<time_point> pace{2};
  time_point now{1s};
};

TEST_F(SearchPace, LongTasksAndBlocksAreTakenWithoutAPause) {
  take(loot::single, 3us);
  EXPECT_EQ(pause(), 0ns);
  take(loot::block, 2us);
  EXPECT_EQ(pause(), 0ns);
  EXPECT_EQ(pause_of_rings(), 0ns);
  EXPECT_FALSE(pace.keeps_distance(now));
}

TEST_F(SearchPace, ABlockOfTriflesIsTakenFromAfarForSomeTime) {
  take(loot::block, 1us);
  EXPECT_EQ(pause_of_rings(), 0ns);
  EXPECT_TRUE(pace.keeps_distance(now + 20us - 1ns));
  EXPECT_FALSE(pace.keeps_distance(now + 20us));
  EXPECT_EQ(pause(), 20us);  // and no deque is robbed, where others run such blocks
  EXPECT_TRUE(pace.may_look(now + 5us));
  take(loot::block, 2us);
  EXPECT_FALSE(pace.keeps_distance(now));
}

TEST_F(SearchPace, WhoFindsTheProducerNearLooksAgainSoon) {
  take(loot::block, 1us);
  pace.looks_later(now);
  EXPECT_EQ(pause_of_rings(), 3us);
}

TEST_F(SearchPace, ABlockOfTriflesMakesNoLongerPauseShorter) {
  for (int i = 0; i < 20; ++i) take(loot::single, 10ns);
  take(loot::block, 10ns);
  EXPECT_GT(pause(), 300us);
}

TEST_F(SearchPace, EachShortTaskDoublesThePause) {
  take(loot::single, 1us);
  EXPECT_EQ(pause(), 2us);
  take(loot::single, 1us);
  EXPECT_EQ(pause(), 4us);
  take(loot::single, 3us);
  EXPECT_EQ(pause(), 0ns);
}

TEST_F(SearchPace, OnlyTriflesOfAnOwnerWhoRunsThemAreLeftToItForLong) {
  for (int i = 0; i < 20; ++i) take(loot::single, 1us);
  EXPECT_EQ(pause(), 20us);
  for (int i = 0; i < 20; ++i) take(loot::single, 10ns);
  EXPECT_EQ(pause(), 320us);
}

TEST(SearchPaceOfMany, LeavesAnOwnerOfTriflesAsLongToItselfWhateverTheirNumber) {
  for (const unsigned threads : {1u, 2u, 3u, 16u}) {
    search_pace<time_point> pace(threads);
    time_point now{1s};
    for (int i = 0; i < 30; ++i) {
      pace.took(loot::single);
      pace.begins(now);
      pace.judge(now += 10ns);
    }
    const auto longest = 320us * std::max(threads / 2, 1u);
    EXPECT_FALSE(pace.may_steal(now + longest - 1ns));
    EXPECT_TRUE(pace.may_steal(now + longest));
  }
}

TEST_F(SearchPace, RingsAndDequesHaveAPauseOfTheirOwn) {
  for (int i = 0; i < 20; ++i) take(loot::part_of_block, 10ns);
  EXPECT_EQ(pause_of_rings(), 20us);
  EXPECT_EQ(pause(), 0ns);
  for (int i = 0; i < 20; ++i) take(loot::single, 10ns);
  take(loot::block, 10ns);
  EXPECT_EQ(pause_of_rings(), 0ns);
  EXPECT_GT(pause(), 300us);
}

TEST_F(SearchPace, AQueueThatStandsStillIsSeenThoughThePauseGoesOn) {
  for (int i = 0; i < 20; ++i) take(loot::single, 10ns);
  EXPECT_FALSE(pace.may_look(now));
  now += 5us;
  EXPECT_TRUE(pace.may_look(now));
  pace.watch(now, 3, 77);
  EXPECT_FALSE(pace.may_look(now));
  now += 5us;
  EXPECT_EQ(pace.watched(), 3u);
  EXPECT_FALSE(pace.stands_still(now, 76, 9));  // its owner works at it
  EXPECT_TRUE(pace.may_look(now));
  EXPECT_TRUE(pace.stands_still(now, 77, 3));  // whatever other thieves took
  EXPECT_EQ(pause(), 320us);  // for others
  EXPECT_FALSE(pace.may_look(now));
  EXPECT_TRUE(pace.may_look(now += 5us));
  EXPECT_EQ(pace.watched(), 3u);
}

TEST_F(SearchPace, AnEmptyQueueDoesNotStandStill) {
  take(loot::single, 10ns);
  pace.watch(now, 1, 77);
  now += 5us;
  EXPECT_FALSE(pace.stands_still(now, 77, 0));
}

}  // namespace
}  // namespace wyn
