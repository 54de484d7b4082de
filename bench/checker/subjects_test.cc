// What the benchmark measures is what it says it measures.
#include "bench/checker/subjects.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace wyn::bench {
namespace {

TEST(BenchedPrograms, HaveTheirGoldenCounts) {
  for (const subject& s : subjects()) {
    const measured_check m = s.run(1, 1);
    EXPECT_EQ(m.executions, s.executions) << s.name;
    EXPECT_GT(m.cpu_s, 0) << s.name;
    EXPECT_GT(m.peak_bytes, 0u) << s.name;
  }
}

TEST(BenchedPrograms, UnknownNameIsRefused) {
  EXPECT_THROW(subject_named("fib_bunch"), std::invalid_argument);
}

}  // namespace
}  // namespace wyn::bench
