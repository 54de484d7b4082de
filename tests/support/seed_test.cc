// What is taken for a seed.
#include "tests/support/seed.h"

#include <gtest/gtest.h>

namespace wyn::tests {
namespace {

TEST(Seed, IsANumberAsInC) {
  EXPECT_EQ(seed_in("0"), 0u);
  EXPECT_EQ(seed_in("18446744073709551615"), ~std::uint64_t{0});
  EXPECT_EQ(seed_in("0x2a"), 42u);
}

TEST(SeedDeathTest, NothingElseIsTakenForOne) {
  for (const char* text : {"", " ", "seed", "12x", "1 2", "-1", "18446744073709551616"}) {
    EXPECT_EXIT(seed_in(text), ::testing::ExitedWithCode(2), "WYN_SEED=.*no number") << text;
  }
}

TEST(Seed, OfTheEnvironmentIsThatOfTheRun) {
  setenv("WYN_SEED", "7", 1);
  EXPECT_EQ(seed_of_this_run(), 7u);
  unsetenv("WYN_SEED");
}

}  // namespace
}  // namespace wyn::tests
