#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench/harness/numbers.h"
#include "bench/harness/subprocess.h"
#include "bench/spawn/driver/output.h"

namespace wyn::bench {
namespace {

row made_up(const std::string& system, int workers, task_kind task, std::size_t tasks, double ns) {
  row r;
  r.system = system;
  r.version = "1.2";
  r.workers = workers;
  r.task = task;
  r.tasks = tasks;
  r.wall = {ns / 2, ns, ns * 3};
  r.cpu = r.wall;
  r.repetitions = 3;
  r.executed_once = static_cast<std::int64_t>(tasks);
  return r;
}

report made_up_report() {
  report r;
  r.machine.cpu = "CPU <of & \"test\">";
  for (const int k : {1, 64}) {
    for (const std::size_t n : {std::size_t{10}, std::size_t{10'000'000}}) {
      for (const task_kind t : {task_kind::mark, task_kind::empty}) {
        r.rows.push_back(made_up("wyn", k, t, n, 2));
        r.rows.push_back(made_up("std::thread", k, t, n, 123456));
      }
    }
  }
  r.absent = {"Go (no go on this machine)"};
  return r;
}

TEST(Spread, OddNumberOfValuesHasItsMiddleOneAsMedian) {
  const spread s = spread_of({5, 1, 9});
  EXPECT_EQ(s.min, 1);
  EXPECT_EQ(s.median, 5);
  EXPECT_EQ(s.max, 9);
}

TEST(Spread, EvenNumberOfValuesHasTheMeanOfTheMiddleTwoAsMedian) {
  EXPECT_EQ(spread_of({8, 1, 4, 2}).median, 3);
}

TEST(Spread, OfNothingIsAnError) { EXPECT_THROW(spread_of({}), std::invalid_argument); }

TEST(Numbers, AreGroupedByThousands) {
  EXPECT_EQ(grouped(7), "7");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
}

TEST(Numbers, TimesKeepAboutThreeDigits) {
  EXPECT_EQ(short_ns(0.00412), "0.0041");
  EXPECT_EQ(short_ns(2.314), "2.31");
  EXPECT_EQ(short_ns(9.999), "10.0");
  EXPECT_EQ(short_ns(45.26), "45.3");
  EXPECT_EQ(short_ns(1234.4), "1,234");
}

TEST(Table, MarksARowWithAWrongCount) {
  report r = made_up_report();
  EXPECT_TRUE(r.good());
  EXPECT_EQ(as_table(r).find("WRONG"), std::string::npos);
  r.rows[0].executed_once -= 1;
  EXPECT_FALSE(r.good());
  EXPECT_NE(as_table(r).find("WRONG"), std::string::npos);
}

TEST(Table, GivesTheRatioToOurRuntime) {
  EXPECT_NE(as_table(made_up_report()).find("61728x"), std::string::npos);
}

TEST(Table, NamesWhatIsAbsent) {
  EXPECT_NE(as_table(made_up_report()).find("absent: Go (no go on this machine)"),
            std::string::npos);
}

TEST(Json, HasTheRowsAndWhatIsAbsent) {
  const auto j = nlohmann::json::parse(as_json(made_up_report()));
  EXPECT_EQ(j.at("rows").size(), 16U);
  EXPECT_EQ(j.at("rows")[0].at("ns_per_task").at("max"), 6);
  EXPECT_EQ(j.at("absent").size(), 1U);
}

// Crude boxes of the texts of the picture: 0.62 of the font's size a character, 12 pixels high.
struct box {
  double left, right, top, bottom;
  std::string words;
};

// What stands after `from` and before the next `to`; `at` moves behind it. Empty at the end.
std::string between(const std::string& text, const std::string& from, const std::string& to,
                    std::size_t& at) {
  const std::size_t found = text.find(from, at);
  if (found == std::string::npos) return "";
  const std::size_t begin = found + from.size();
  at = text.find(to, begin);
  return text.substr(begin, at - begin);
}

std::vector<box> texts(const std::string& svg) {
  std::vector<box> boxes;
  for (std::size_t at = 0;;) {
    const std::string left_edge = between(svg, "<text x=\"", "\"", at);
    if (left_edge.empty()) return boxes;
    const double x = std::stod(left_edge), y = std::stod(between(svg, "y=\"", "\"", at));
    const std::string style = between(svg, "class=\"", "\"", at);
    const std::string words = between(svg, ">", "<", at);
    if (style == "title" || style == "sub") continue;  // proportional text, alone on its line
    const double width = 12.5 * 0.62 * static_cast<double>(words.size());
    double left = x;
    if (style.rfind("name", 0) == 0) left = x - width;
    if (style == "tick") left = x - width / 2;
    boxes.push_back({left, left + width, y - 11, y + 1, words});
  }
}

TEST(Picture, TextsDoNotOverlapAndStayInside) {
  const std::string svg = as_svg(made_up_report());
  std::size_t at = 0;
  const double width = std::stod(between(svg, "width=\"", "\"", at));
  const double height = std::stod(between(svg, "height=\"", "\"", at));
  const std::vector<box> boxes = texts(svg);
  ASSERT_GT(boxes.size(), 20U);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const box& a = boxes[i];
    EXPECT_GE(a.left, 0) << a.words;
    EXPECT_LE(a.right, width) << a.words;
    EXPECT_LE(a.bottom, height) << a.words;
    for (std::size_t k = 0; k < i; ++k) {
      const box& b = boxes[k];
      EXPECT_FALSE(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
          << a.words << " over " << b.words;
    }
  }
}

TEST(Picture, EscapesWhatXmlReserves) {
  const std::string svg = as_svg(made_up_report());
  EXPECT_NE(svg.find("CPU &lt;of &amp; &quot;test&quot;&gt;"), std::string::npos);
}

TEST(Subprocess, OutputOfAProgramIsCollected) {
  const finished f = run_program({"/bin/sh", "-c", "echo out; echo err >&2"}, 10);
  EXPECT_TRUE(f.ok);
  EXPECT_EQ(f.output, "out\n");
}

TEST(Subprocess, FailureCarriesTheLastLineOfStandardError) {
  const finished f = run_program({"/bin/sh", "-c", "echo first >&2; echo why >&2; exit 3"}, 10);
  EXPECT_FALSE(f.ok);
  EXPECT_EQ(f.reason, "exit status 3: why");
}

TEST(Subprocess, ProgramThatDoesNotExistIsAFailure) {
  const finished f = run_program({"/nowhere/at/all"}, 10);
  EXPECT_FALSE(f.ok);
  EXPECT_NE(f.reason.find("/nowhere/at/all"), std::string::npos);
}

TEST(Subprocess, ProgramThatHangsIsKilled) {
  const finished f = run_program({"/bin/sh", "-c", "exec tail -f /dev/null"}, 0.2);
  EXPECT_FALSE(f.ok);
  EXPECT_NE(f.reason.find("no answer"), std::string::npos);
}

}  // namespace
}  // namespace wyn::bench
