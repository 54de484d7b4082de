// What a failed assertion prints, in debug builds and (compiled with NDEBUG) in release builds.
#include "core/base/assert.h"

#include <gtest/gtest.h>

namespace wyn {
namespace {

TEST(AssertDeathTest, CheckNamesMessagePlaceAndCondition) {
  const int tasks = 3;
  EXPECT_DEATH(WYN_CHECK(tasks == 4, "a task was lost"),
               "wyn: a task was lost\n"
               "wyn: at .*assert_test\\.cc:[0-9]+, this does not hold: tasks == 4");
}

TEST(AssertDeathTest, FatalPrintsItsMessage) {
  EXPECT_DEATH(fatal("no more threads"), "^wyn: no more threads\n");
}

TEST(AssertDeathTest, FatalSaysWhoSpeaksOnce) {
  EXPECT_DEATH(fatal("wyn: the text of an exception"), "^wyn: the text of an exception\n");
}

TEST(Assert, CheckThatHoldsEvaluatesItsConditionOnce) {
  int evaluations = 0;
  WYN_CHECK(++evaluations == 1, "evaluated more than once");
  EXPECT_EQ(evaluations, 1);
}

TEST(Assert, CheckIsOneStatement) {
  bool reached = false;
  if (reached)
    WYN_CHECK(false, "not reached");
  else
    reached = true;
  EXPECT_TRUE(reached);
}

#ifdef NDEBUG
TEST(Assert, AssertIsNotEvaluatedInARelease) {
  int evaluations = 0;
  WYN_ASSERT(++evaluations == 2, "not evaluated");
  EXPECT_EQ(evaluations, 0);
}
#else
TEST(AssertDeathTest, AssertHoldsInADebugBuild) {
  EXPECT_DEATH(WYN_ASSERT(1 + 1 == 3, "an invariant"), "wyn: an invariant\n");
}
#endif

}  // namespace
}  // namespace wyn
