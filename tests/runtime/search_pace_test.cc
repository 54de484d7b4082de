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

// Whoever pauses looks at 3, and later again: there its end has moved by `moved`.
class OwnerOfTrifles : public SearchPace {
 protected:
  OwnerOfTrifles() {
    for (int i = 0; i < 30; ++i) take(loot::single, 10ns);
  }
  void look_twice(std::int64_t moved, std::chrono::nanoseconds apart = 5us) {
    pace.watch(now, 3, 5000);
    now += apart;
    ASSERT_TRUE(pace.may_look(now));
    EXPECT_FALSE(pace.stands_still(now, 5000 + moved, 7));
  }
  std::chrono::nanoseconds to_next_look() const {
    std::chrono::nanoseconds t{0};
    while (!pace.may_look(now + t)) t += 100ns;
    return t;
  }
};

TEST_F(OwnerOfTrifles, IsPassedOverWhileItsEndMovesByHundreds) {
  for (const std::int64_t moved : {313, -313}) {  // 5 us are 312 times 16 ns
    look_twice(moved);
    EXPECT_TRUE(pace.passes_over(now, 3));
    EXPECT_FALSE(pace.passes_over(now, 2));
    look_twice(moved / 2, 10us);
    EXPECT_FALSE(pace.passes_over(now, 3));
  }
}

TEST_F(OwnerOfTrifles, IsLookedAtMoreSeldom) {
  EXPECT_EQ(pace.between_looks_at_all(), 2us);
  auto apart = 5us;
  for (const auto next : {10us, 20us, 40us, 40us}) {
    look_twice(5000, apart);
    pace.watch(now, 3, 5000);
    EXPECT_EQ(to_next_look(), next);
    EXPECT_EQ(pace.between_looks_at_all(), next);
    apart = next;
  }
  look_twice(1, 40us);
  pace.watch(now, 3, 5000);
  EXPECT_EQ(to_next_look(), 5us);
  EXPECT_EQ(pace.between_looks_at_all(), 2us);
}

TEST_F(OwnerOfTrifles, IsPassedOverNoLongerThanSomeMilliseconds) {
  look_twice(5000);
  now += 10ms;
  EXPECT_TRUE(pace.may_steal(now));
  EXPECT_FALSE(pace.passes_over(now, 3));
  look_twice(5000, 40us);  // and then again
  EXPECT_TRUE(pace.passes_over(now, 3));
}

TEST_F(OwnerOfTrifles, IsWatchedThoughThePauseIsOver) {
  look_twice(5000);
  now += 1ms;
  EXPECT_TRUE(pace.may_steal(now));
  EXPECT_TRUE(pace.may_look(now));
  pace.watch(now, 3, 77);
  now += 40us;
  EXPECT_TRUE(pace.stands_still(now, 77, 1));  // now it is busy with a long task
  EXPECT_FALSE(pace.passes_over(now, 3));
}

TEST_F(OwnerOfTrifles, AnEndThatDoesNotMoveSaysNothing) {
  look_twice(5000);
  pace.watch(now, 1, 8);
  now += 10us;
  EXPECT_FALSE(pace.stands_still(now, 8, 0));
  EXPECT_TRUE(pace.passes_over(now, 3));
}

TEST_F(SearchPace, AnEmptyQueueDoesNotStandStill) {
  take(loot::single, 10ns);
  pace.watch(now, 1, 77);
  now += 5us;
  EXPECT_FALSE(pace.stands_still(now, 77, 0));
}

}  // namespace
}  // namespace wyn
