// How many processors the runtime takes for its own.
#include "core/runtime/cpu_count.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/runtime/runtime.h"

namespace wyn {
namespace {

TEST(CpuMax, AQuotaIsRoundedUpToWholeProcessors) {
  EXPECT_EQ(detail::cpus_in_cpu_max("100000 100000\n"), 1u);
  EXPECT_EQ(detail::cpus_in_cpu_max("150000 100000\n"), 2u);
  EXPECT_EQ(detail::cpus_in_cpu_max("200000 100000"), 2u);
  EXPECT_EQ(detail::cpus_in_cpu_max("1000 100000"), 1u);
  EXPECT_EQ(detail::cpus_in_cpu_max("6400000 100000"), 64u);
}

TEST(CpuMax, WithoutAQuotaThereIsNoLimit) {
  EXPECT_EQ(detail::cpus_in_cpu_max("max 100000\n"), 0u);
  EXPECT_EQ(detail::cpus_in_cpu_max("-1 100000\n"), 0u);
}

TEST(CpuMax, TextThatIsNoQuotaIsNoLimit) {
  for (const char* text : {"", "\n", " ", "100000", "100000 ", "x y", "100000 0", "0 100000",
                           "100000 -5", "max", "100000 max"}) {
    EXPECT_EQ(detail::cpus_in_cpu_max(text), 0u) << '"' << text << '"';
  }
}

TEST(CpuMax, AnAbsurdQuotaDoesNotOverflow) {
  EXPECT_GE(detail::cpus_in_cpu_max("9223372036854775807 100000"), 1u << 16);
  EXPECT_GE(detail::cpus_in_cpu_max("9223372036854775807 9223372036854775807"), 1u);
  EXPECT_GE(detail::cpus_in_cpu_max("99999999999999999999999999 1"), 1u);
}

TEST(AvailableCpus, IsAtLeastOneAndAtMostTheAffinityMask) {
  cpu_set_t mask;
  ASSERT_EQ(sched_getaffinity(0, sizeof mask, &mask), 0);
  EXPECT_GE(available_cpus(), 1u);
  EXPECT_LE(available_cpus(), static_cast<unsigned>(CPU_COUNT(&mask)));
}

TEST(AvailableCpus, HonoursTheAffinityMask) {
  cpu_set_t before;
  ASSERT_EQ(sched_getaffinity(0, sizeof before, &before), 0);
  int first = 0;
  while (!CPU_ISSET(first, &before)) ++first;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(first, &one);
  ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);  // this thread and those that it starts
  EXPECT_EQ(available_cpus(), 1u);
  EXPECT_EQ(runtime().workers(), 1u);
  ASSERT_EQ(sched_setaffinity(0, sizeof before, &before), 0);
  EXPECT_EQ(runtime().workers(), available_cpus());
}

}  // namespace
}  // namespace wyn
