// Who may see to a request before it has napped, by a clock that the test moves.
#include "core/runtime/request_turn.h"

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <chrono>
#include <thread>
#include <vector>

namespace wyn {
namespace {

using namespace std::chrono_literals;
using time_point = std::chrono::steady_clock::time_point;

TEST(RequestTurn, TheFirstHasItWhateverTheTime) {
  for (const std::chrono::nanoseconds now : {-1s, 0s, 1s}) {
    request_turn<> turn;
    EXPECT_TRUE(turn.due(time_point(now), 50us)) << now.count();
  }
}

TEST(RequestTurn, OnceInEachPeriod) {
  request_turn<> turn;
  int turns = 0;
  for (int us = 0; us < 1000; ++us) turns += turn.due(time_point(us * 1us), 50us);
  EXPECT_EQ(turns, 20);
}

TEST(RequestTurn, WhoAsksInVainPutsNothingOff) {
  request_turn<> turn;
  EXPECT_TRUE(turn.due(time_point(0us), 50us));
  EXPECT_FALSE(turn.due(time_point(49us), 50us));
  EXPECT_TRUE(turn.due(time_point(50us), 50us));
}

TEST(RequestTurn, AClockThatWasReadEarlierHasNone) {
  request_turn<> turn;
  EXPECT_TRUE(turn.due(time_point(100us), 50us));
  EXPECT_FALSE(turn.due(time_point(20us), 50us));
  EXPECT_TRUE(turn.due(time_point(150us), 50us));
}

TEST(RequestTurn, OneOfSeveralThreadsHasIt) {
  constexpr int periods = 2000;
  constexpr int askers = 4;
  request_turn<> turn;
  std::barrier<> all_have_asked(askers);
  std::atomic<int> turns{0};
  std::vector<std::thread> threads;
  for (int k = 0; k < askers; ++k) {
    threads.emplace_back([&] {
      for (int i = 1; i <= periods; ++i) {
        turns += turn.due(time_point(i * 50us), 50us);
        all_have_asked.arrive_and_wait();
      }
    });
  }
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(turns, periods);
}

}  // namespace
}  // namespace wyn
