// The interval of an estimate holds the truth, measured on the programs of the litmus corpus whose
// numbers of executions are known; and the line that tells of it.
#include "models/checker/explore/estimate.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <vector>

#include "models/checker/checker.h"
#include "models/checker/explore/progress.h"
#include "models/checker/testing/sample_models.h"
#include "models/checker/run/signal_guard.h"
#include "models/litmus/corpus.h"

namespace wyn {
namespace {

using model::size_estimate;

struct coverage {
  int programs = 0;
  int held = 0;
  int guessed = 0;  ///< not small enough to be walked
  int guessed_and_held = 0;
  std::string missed;
};

coverage measure(std::uint64_t effort) {
  const model::signal_guard handlers;
  const model::thread_guard guard(5);
  coverage c;
  for (const auto& row : litmus::read_corpus("models/litmus/corpus/execcount_progs.jsonl.gz")) {
    for (const auto& [m, answer] : row.answers) {
      if (answer.executions == 0) continue;
      model::options o;
      o.model = m;
      size_estimate e;
      litmus::use_program(row.program, [&](const model::program& p) {
        e = model::estimate_size(p, o, effort);
        return model::verdict{};
      });
      const auto truth = static_cast<double>(answer.executions);
      const bool holds = e.low <= truth && truth <= e.high;
      ++c.programs;
      c.held += holds;
      if (!e.exact)
        ++c.guessed, c.guessed_and_held += holds;
      else
        EXPECT_EQ(e.executions, truth) << row.program.id;
      if (!holds) {
        c.missed += row.program.id + " " + to_string(m) + ": " + std::to_string(truth) +
                    " not in " + std::to_string(e.low) + " .. " + std::to_string(e.high) + "\n";
      }
    }
  }
  return c;
}

TEST(Estimate, IntervalHoldsTheTruthNineTimesInTen) {
  for (const std::uint64_t effort : {200u, 2000u}) {
    const coverage c = measure(effort);
    ASSERT_GT(c.programs, 300);
    ASSERT_GT(c.guessed, 20);
    const std::string text = std::to_string(effort) + " runs: " + std::to_string(c.held) + " of " +
                             std::to_string(c.programs) + ", of those guessed " +
                             std::to_string(c.guessed_and_held) + " of " +
                             std::to_string(c.guessed) + "\n" + c.missed;
    std::printf("%s", text.c_str());
    EXPECT_GE(c.held * 10, c.programs * 9) << text;
    EXPECT_GE(c.guessed_and_held * 10, c.guessed * 9) << text;
  }
}

TEST(Estimate, OfALargeProgramIsOfUse) {
  const model::signal_guard handlers;
  const model::thread_guard guard(5);
  const size_estimate e =
      model::estimate_size(model::program_of<explore_samples::fib_bench<5>>(), {}, 20000);
  EXPECT_FALSE(e.exact);
  EXPECT_LE(e.low, 525630);
  EXPECT_GE(e.high, 525630);
  EXPECT_LT(e.high, 525630 * 100.0);
}

TEST(Progress, LineSaysHowFarItIs) {
  EXPECT_EQ(model::progress_line(523000, 12.3, {1.2e6, 9e5, 2e6, 1.3e6, false}),
            "wyn: 523000 executions run, 12 s; about 1.2e+06 complete ones in all, 9e+05 to 2e+06");
}

TEST(Progress, IsPrintedWhenAskedForAndChangesNoCount) {
  ::testing::internal::CaptureStderr();
  const model::verdict v =
      model::check<explore_samples::fib_bench<4>>({.jobs = 2, .progress = 0.001});
  const std::string text = ::testing::internal::GetCapturedStderr();
  EXPECT_NE(text.find("executions run"), std::string::npos) << text;
  EXPECT_EQ(v.executions, 34205u);
}

}  // namespace
}  // namespace wyn
