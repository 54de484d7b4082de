// The recorded run that docs/performance.md tells of: its tables and its page are those of the
// numbers. argv: numbers, page in HTML, page in Markdown.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bench/compare/driver/output.h"
#include "bench/harness/files.h"

namespace wyn::bench::compare {
namespace {

std::vector<std::string> files;

constexpr const char* remake =
    "make it anew: bazel run -c opt //bench:compare -- --record "
    "--from=bench/results/compare-2-cores.json";

TEST(RecordedComparison, PageIsThatOfTheNumbers) {
  EXPECT_TRUE(as_html(report_from(read_file(files.at(0)))) == read_file(files.at(1))) << remake;
}

TEST(RecordedComparison, TablesOfTheDocumentAreThoseOfTheNumbers) {
  const std::string page = read_file(files.at(2));
  EXPECT_EQ(with_results(page, report_from(read_file(files.at(0)))), page) << remake;
}

TEST(RecordedComparison, IsOfAnOptimisedBuildWithRightAnswers) {
  const report r = report_from(read_file(files.at(0)));
  EXPECT_TRUE(r.machine.optimised);
  EXPECT_TRUE(r.good());
  EXPECT_GT(r.tables.size(), 10U);
}

}  // namespace
}  // namespace wyn::bench::compare

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  wyn::bench::compare::files.assign(argv + 1, argv + argc);
  return RUN_ALL_TESTS();
}
