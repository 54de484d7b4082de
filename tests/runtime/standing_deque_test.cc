// From whose deque a thief goes on taking, and until when.
#include "core/runtime/standing_deque.h"

#include <gtest/gtest.h>

namespace wyn {
namespace {

TEST(StandingDeque, IsThatOfTheOwnerFoundWhileNobodyElseTouchesIt) {
  int owner = 0;
  standing_deque<int> d;
  EXPECT_EQ(d.owner(), nullptr);
  d.found(owner, 77, 9);
  for (int length = 9; length > 0; --length) {
    EXPECT_TRUE(d.is_left_alone(77, length));
    EXPECT_EQ(d.owner(), &owner);
    d.took();
  }
}

TEST(StandingDeque, IsForgottenWhenItsOwnerIsBack) {
  int owner = 0;
  for (const int end : {76, 78}) {
    standing_deque<int> d;
    d.found(owner, 77, 9);
    EXPECT_FALSE(d.is_left_alone(end, 9));
    EXPECT_EQ(d.owner(), nullptr);
  }
}

TEST(StandingDeque, IsLeftToAnotherThiefWhoTakes) {
  int owner = 0;
  standing_deque<int> d;
  d.found(owner, 77, 9);
  d.took();
  EXPECT_FALSE(d.is_left_alone(77, 7));
  EXPECT_EQ(d.owner(), nullptr);
}

TEST(StandingDeque, IsForgottenWhenItIsEmpty) {
  int owner = 0;
  standing_deque<int> d;
  d.found(owner, 77, 9);
  d.forget();
  EXPECT_EQ(d.owner(), nullptr);
}

TEST(StandingDeque, LeavesASearchItsTurnAndIsRememberedMeanwhile) {
  int owner = 0;
  standing_deque<int> d;
  d.found(owner, 77, 9);
  int in_row = 0;
  for (; d.owner() != nullptr; ++in_row) d.took();
  EXPECT_EQ(in_row, standing_deque<int>::most_in_row);
  d.begin_turn();
  EXPECT_EQ(d.owner(), &owner);
}

}  // namespace
}  // namespace wyn
