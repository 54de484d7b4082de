// When the oldest task of a deque has its turn, by a clock that the test moves.
#include "core/runtime/deques_turn.h"

#include <gtest/gtest.h>

#include <chrono>

namespace wyn {
namespace {

using namespace std::chrono_literals;
using time_point = std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;

class DequesTurn : public testing::Test {
 protected:
  // Asks `questions` times, each `apart` after the one before: how often it was time.
  int turns(int questions, std::chrono::nanoseconds apart) {
    int n = 0;
    for (int i = 0; i < questions; ++i) {
      now += apart;
      n += turn.due([this] {
        ++looks;
        return now;
      });
    }
    return n;
  }

  time_point now{1s};
  deques_turn<time_point> turn{now};
  int looks = 0;
};

TEST_F(DequesTurn, IsNotAtOnce) { EXPECT_EQ(turns(9, 1ms), 0); }

TEST_F(DequesTurn, IsAtEachQuestionWhenTasksAreLong) {
  turns(16, 20ms);  // the clock was not read each time before
  EXPECT_EQ(turns(50, 20ms), 50);
}

TEST_F(DequesTurn, IsSeldomAndTheClockReadSeldomWhenTasksAreShort) {
  const int n = turns(100'000, 1us);
  EXPECT_GE(n, 9);
  EXPECT_LE(n, 10);
  EXPECT_LE(looks, 100'000 / 16 + 2 * n + 1);
}

TEST_F(DequesTurn, IsNotForgottenWhenTasksBecomeLong) {
  turns(1000, 100ns);
  EXPECT_GE(turns(16, 1s), 1);
  EXPECT_EQ(turns(10, 1s), 10);
}

}  // namespace
}  // namespace wyn
