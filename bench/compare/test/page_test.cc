// The page, its pictures and the tables in Markdown, of a report that is made up.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "bench/compare/driver/chart.h"
#include "bench/compare/driver/curves.h"
#include "bench/compare/driver/output.h"
#include "bench/compare/test/made_up.h"

namespace wyn::bench::compare {
namespace {

std::size_t times(const std::string& text, const std::string& words) {
  std::size_t count = 0;
  for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) {
    ++count;
  }
  return count;
}

table task_length(double steps, double base, double ours) {
  table t;
  t.workload = "task_length";
  t.unit = "ns a task";
  t.size = 10;
  t.grain = static_cast<std::size_t>(steps);
  t.rows = {made_up("no runtime", 1, base), made_up("wyn", 2, ours)};
  return t;
}

TEST(ComparisonPage, NeedsNothingElse) {
  const std::string html = as_html(made_up_report());
  EXPECT_EQ(html.rfind("<!doctype html>", 0), 0U);
  EXPECT_EQ(times(html, "http"), 0U);
  EXPECT_EQ(times(html, "src="), 0U);
  EXPECT_EQ(times(html, "<svg"), times(html, "</svg>"));
  EXPECT_EQ(times(html, "<div"), times(html, "</div>"));
}

TEST(ComparisonPage, HasBarsForEachNumberOfWorkersAndCurvesByWorkersAndByWork) {
  EXPECT_EQ(times(as_html(made_up_report()), "<svg"), 4U);
}

TEST(ComparisonPage, EscapesWhatHtmlReserves) {
  const std::string html = as_html(made_up_report());
  EXPECT_NE(html.find("CPU &lt;of &amp; &quot;test&quot;&gt;"), std::string::npos);
  EXPECT_EQ(html.find("CPU <of"), std::string::npos);
}

constexpr const char* made_up_costs =
    "mfence 17.0 ns, locked increment 4.50 ns, cache line round trip not measured";

TEST(ComparisonPage, SaysWhatFencesAndCacheLinesCost) {
  report r = made_up_report();
  EXPECT_NE(as_html(r).find(made_up_costs), std::string::npos);
  r.machine.round_trip_ns = 145;
  EXPECT_NE(as_html(r).find("round trip 145.0 ns"), std::string::npos);
}

TEST(ComparisonPage, MarksWhatIsBeatenAndSaysSo) {
  const std::string html = as_html(made_up_report());
  EXPECT_EQ(times(html, "class=\"beaten\""), 2U);  // the overview and the numbers
  EXPECT_NE(html.find("fib 27, 1 worker: rayon takes 3.00 ns a task, wyn 4.00"), std::string::npos);
}

TEST(ComparisonPage, NamesWhatIsNotThere) {
  const std::string html = as_html(made_up_report());
  EXPECT_NE(html.find("Not there: tokio"), std::string::npos);
  EXPECT_NE(html.find("oneTBB (not on this machine)"), std::string::npos);
}

TEST(ComparisonCurves, SpeedUpIsTheBaselineOverTheSystem) {
  const auto curves = speed_up(made_up_report().tables[0], {1, 2});
  ASSERT_EQ(curves.size(), 4U);
  EXPECT_EQ(curves[0].name, "wyn");
  EXPECT_EQ(curves[0].points, (std::vector<std::pair<double, double>>{{1, 0.25}, {2, 0.5}}));
}

TEST(ComparisonCurves, LengthOfATaskIsTheTimeWithoutARuntime) {
  report r;
  r.tables = {task_length(50, 100, 60), task_length(0, 2, 4)};
  const auto curves = by_length(r, 2);
  ASSERT_EQ(curves.size(), 1U);
  const std::vector<std::pair<double, double>> expected = {{2, 0.5}, {100, 100.0 / 60}};
  EXPECT_EQ(curves[0].points, expected);
  EXPECT_TRUE(by_length(r, 1).empty());
}

TEST(ComparisonCurves, WorkIsTheTimeWithOneWorker) {
  report r = made_up_report();
  r.tables[0].divisor = 1e6;  // forks
  const auto curves = by_work(r, 2);
  ASSERT_EQ(curves.size(), 3U);  // the coroutines were not measured with two
  const std::vector<std::pair<double, double>> expected = {{4, 2}};
  EXPECT_EQ(curves[0].name, "wyn");
  EXPECT_EQ(curves[0].points, expected);
}

TEST(ComparisonCurves, TicksOfALogarithmicAxisArePowersOfTen) {
  const std::vector<curve> curves = {{"wyn", {{0.02, 1}, {3, 2}}}};
  const std::string chart = lines(curves, "x", "y", x_axis::logarithmic);
  for (const char* tick : {">0.01<", ">0.1<", ">1<", ">10<"}) {
    EXPECT_NE(chart.find(tick), std::string::npos) << tick;
  }
  EXPECT_EQ(chart.find(">100<"), std::string::npos);
}

TEST(ComparisonCurves, ChartOfNothingIsNothing) {
  EXPECT_EQ(lines({}, "x", "y"), "");
  EXPECT_EQ(lines({{"wyn", {}}}, "x", "y"), "");
}

TEST(ComparisonBars, AreLongerForLargerMedians) {
  const std::string svg = bars(made_up_report().tables[0], 1);
  EXPECT_EQ(times(svg, "<rect"), 5U);
  EXPECT_LT(svg.find(">rayon<"), svg.find(">wyn<"));
  EXPECT_LT(svg.find(">Go<"), svg.find(">no runtime<"));
}

// Serial code, of one worker, is a row of the numbers once; bare threads at each number of workers.
TEST(ComparisonPage, ListsTheBaselineOnceUnlessItHasWorkers) {
  report r = made_up_report();
  EXPECT_EQ(times(as_html(r), "<tr><td>no runtime"), 1U);
  r.tables[0].rows.push_back(made_up("no runtime", 2, 1));
  EXPECT_EQ(times(as_html(r), "<tr><td>no runtime"), 2U);
}

TEST(ComparisonMarkdown, PartsOfThePageAreMadeAnew) {
  const std::string page =
      "words\n<!-- compare: overview -->\nold\n<!-- end -->\nmore\n"
      "<!-- compare: losses -->\n<!-- end -->\n<!-- compare: fib -->\n<!-- end -->\nlast\n";
  const std::string made = with_results(page, made_up_report());
  EXPECT_EQ(made.find("old"), std::string::npos);
  EXPECT_EQ(made.rfind("words\n", 0), 0U);
  EXPECT_NE(made.find("| fib 27 | ns a task | 4.00 | rayon 3.00 | **1.33x** | 2.00 | rayon 2.50 | "
                      "0.80x |"),
            std::string::npos)
      << made;
  EXPECT_NE(made.find("- fib 27, 1 worker: rayon takes"), std::string::npos);
  EXPECT_NE(made.find("| rayon | 3.00 (1.50–9.00) |"), std::string::npos) << made;
  EXPECT_EQ(made.substr(made.size() - 5), "last\n");
  EXPECT_EQ(with_results(made, made_up_report()), made);
}

TEST(ComparisonMarkdown, SaysWhatFencesAndCacheLinesCost) {
  const std::string made =
      with_results("<!-- compare: machine -->\n<!-- end -->\n", made_up_report());
  EXPECT_NE(made.find(made_up_costs), std::string::npos) << made;
}

TEST(ComparisonMarkdown, PartThatThereIsNotIsAnError) {
  EXPECT_THROW(with_results("<!-- compare: chess -->\n<!-- end -->\n", made_up_report()),
               std::invalid_argument);
  EXPECT_THROW(with_results("<!-- compare: fib -->\nno end\n", made_up_report()),
               std::invalid_argument);
}

}  // namespace
}  // namespace wyn::bench::compare
