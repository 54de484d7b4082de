// The hot paths take the instructions that they are known to take: a regression test of speed that
// no clock disturbs. It counts in an optimised build (instructions_test.opt), where the numbers
// mean something, for the compiler of Debian 12.
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <string_view>

#include "bench/instructions/hot_paths.h"
#include "bench/instructions/single_step.h"

namespace wyn::bench {
namespace {

#if defined(__x86_64__) && defined(__GNUC__) && __GNUC__ == 12 && !defined(__clang__)
constexpr bool known_compiler = true;
#else
constexpr bool known_compiler = false;
#endif
#if defined(__OPTIMIZE__) && defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_UNDEFINED__)
constexpr bool as_shipped = true;
#else
constexpr bool as_shipped = false;
#endif

// By the names of hot_paths.cc; gcc 12, -O3. A change of more than `tolerance` is to be understood,
// and written down here.
const std::map<std::string_view, double> golden = {
    {"deque", 28},           {"spawn in a task", 49}, {"spawn outside", 49},
    {"spawn a closure", 78}, {"submit", 208},         {"fork_join", 104},
    {"coroutines", 305},
};
constexpr double tolerance = 0.04;

// 2 instructions each turn, at least: whatever the compiler makes of it, it is a known number.
bool count_down_from_1000(const counted_region& region) {
  unsigned long turns = 1000;
  region.begin();
#if defined(__x86_64__)
  asm volatile("1: dec %0\n jnz 1b" : "+r"(turns) : : "cc");
#else
  for (volatile unsigned long left = turns; left != 0;) left = left - 1;
  turns = 0;
#endif
  region.end();
  return turns == 0;
}

#define SKIP_UNLESS_PERMITTED(failure)                                                        \
  if ((failure) == step_failure::not_permitted)                                               \
  GTEST_SKIP() << "this system does not let a process trace its child (ptrace); a container " \
                  "needs --cap-add=SYS_PTRACE for it"

TEST(InstructionCount, CountsEachInstructionOnce) {
  const step_count count = count_instructions(&count_down_from_1000);
  SKIP_UNLESS_PERMITTED(count.failure);
  ASSERT_EQ(count.failure, step_failure::none);
#if defined(__x86_64__)
  EXPECT_GE(count.instructions, 2000u);
  EXPECT_LE(count.instructions, 2010u);
#else
  EXPECT_GE(count.instructions, 2000u);
#endif
}

TEST(InstructionCount, IsTheSameEachTime) {
  const step_count once = count_instructions(&count_down_from_1000);
  SKIP_UNLESS_PERMITTED(once.failure);
  EXPECT_EQ(once.instructions, count_instructions(&count_down_from_1000).instructions);
}

// However long its steps take, a wait for a time is as many looks at the clock as without them.
TEST(InstructionCount, KnowsNoTimeButLooksAtTheClock) {
  const auto waits = [](const counted_region& region) {
    using clock = std::chrono::steady_clock;
    region.begin();
    const clock::time_point until = clock::now() + std::chrono::microseconds(3);
    int looks = 1;
    while (clock::now() < until) ++looks;
    region.end();
    return looks == 100;
  };
  const step_count count = count_instructions(waits);
  SKIP_UNLESS_PERMITTED(count.failure);
  EXPECT_EQ(count.failure, step_failure::none);
}

TEST(InstructionCount, ReportsAWrongResultAndAnException) {
  const auto wrong = [](const counted_region& region) {
    region.begin();
    region.end();
    return false;
  };
  const auto throwing = [](const counted_region& region) -> bool {
    region.begin();
    throw 1;
  };
  const step_count count = count_instructions(wrong);
  SKIP_UNLESS_PERMITTED(count.failure);
  EXPECT_EQ(count.failure, step_failure::failed);
  EXPECT_EQ(count_instructions(throwing).failure, step_failure::failed);
  EXPECT_EQ(count_instructions([](const counted_region&) { return true; }).failure,
            step_failure::failed);
}

TEST(HotPaths, HaveAGoldenNumberEach) {
  for (const hot_path& path : hot_paths()) {
    EXPECT_TRUE(golden.contains(path.name)) << path.name << " has no golden number";
  }
  EXPECT_EQ(golden.size(), hot_paths().size());
}

TEST(HotPaths, TakeTheInstructionsThatTheyAreKnownToTake) {
  if (!as_shipped) GTEST_SKIP() << "not an optimised build: instructions_test.opt is one";
  if (!known_compiler) GTEST_SKIP() << "the golden numbers are those of gcc 12 for x86-64";
  for (const hot_path& path : hot_paths()) {
    const path_count count = count_path(path);
    SKIP_UNLESS_PERMITTED(count.failure);
    ASSERT_EQ(count.failure, step_failure::none) << path.name;
    const double known = golden.at(path.name);
    std::printf("%-16s %6.1f instructions, golden %6.1f: %.*s\n", path.name.data(),
                count.instructions, known, static_cast<int>(path.what.size()), path.what.data());
    EXPECT_LE(std::abs(count.instructions - known), tolerance * known)
        << path.name << " took " << count.instructions << " instructions, and not " << known
        << ". If that is meant, change the number in " << __FILE__ << ".";
  }
}

}  // namespace
}  // namespace wyn::bench
