// Each historical bug is found, as the failure it is said to be, with the report that is kept; it
// hides from the memory models that are named; its repair passes; and the page says so.
//
// To make the golden reports and the page's tables anew, after a look at the difference:
//     WYN_UPDATE_GOLDEN=$PWD bazel run //models/historical:historical_test
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <ostream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "models/checker/checker.h"
#include "models/checker/tools/repair.h"
#include "models/checker/verdict.h"
#include "models/historical/catalogue.h"
#include "models/historical/page.h"

namespace wyn::historical {

// How GoogleTest names a parameter.
void PrintTo(const historical_bug& bug, std::ostream* out) { *out << bug.name; }

namespace {

using model::memory_model;
using model::verdict;
using model::verdict_kind;

const char* const folder = "models/historical";
const char* const page_path = "docs/historical_bugs.md";

std::string text_at(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path << " cannot be read";
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// True, and the file is written, when that is what the test was started for.
bool updated(const std::string& path, const std::string& text) {
  const char* root = std::getenv("WYN_UPDATE_GOLDEN");
  if (root == nullptr) return false;
  std::ofstream file(std::string(root) + "/" + path, std::ios::binary);
  file << text;
  EXPECT_TRUE(file.flush()) << path << " cannot be written";
  return true;
}

const char* const remedy =
    "look at the difference; WYN_UPDATE_GOLDEN=$PWD bazel run //models/historical:historical_test "
    "makes the files anew";

std::string header_of(const historical_bug& bug) {
  return text_at(std::string(folder) + "/" + bug.header);
}

std::string golden_path(const historical_bug& bug) {
  return std::string(folder) + "/golden/" + bug.name + ".txt";
}

class HistoricalBug : public ::testing::TestWithParam<historical_bug> {};

TEST_P(HistoricalBug, IsFoundWithTheReportThatIsKept) {
  const verdict v = with_fix(model::repair(GetParam().bug));
  ASSERT_EQ(v.kind, verdict_kind::fail) << v.report;
  EXPECT_EQ(v.failure, GetParam().fails_as) << v.report;
  if (updated(golden_path(GetParam()), v.report)) {
    GTEST_SKIP() << "the report was written, not compared";
  }
  EXPECT_EQ(v.report, text_at(golden_path(GetParam()))) << remedy;
}

TEST_P(HistoricalBug, HidesFromTheMemoryModelsThatAreNamedAndFromNoOther) {
  for (const memory_model m : {memory_model::rc11, memory_model::tso, memory_model::sc}) {
    const verdict v = model::check(GetParam().bug, {.model = m});
    if (const hiding_model* hidden = GetParam().hidden_under(m)) {
      EXPECT_EQ(v.kind, verdict_kind::pass) << v.report;
      EXPECT_EQ(v.executions, hidden->executions) << to_string(m);
    } else {
      EXPECT_EQ(v.kind, verdict_kind::fail) << v.report;
      EXPECT_EQ(v.failure, GetParam().fails_as) << v.report;
    }
  }
}

TEST_P(HistoricalBug, IsRepairedByOrdersIfInterleavingsHideIt) {
  const model::repair_report found = model::repair(GetParam().bug);
  if (GetParam().hidden_under(memory_model::sc) != nullptr) {
    EXPECT_FALSE(found.sets.empty()) << found.text();
  } else if (GetParam().fails_as != model::failure::data_race) {
    EXPECT_TRUE(found.sets.empty()) << found.text();
  }
}

TEST_P(HistoricalBug, IsGoneWhenItIsRepaired) {
  const verdict v = model::check(GetParam().repaired);
  ASSERT_EQ(v.kind, verdict_kind::pass) << v.report;
  EXPECT_EQ(v.executions, GetParam().repaired_executions)
      << "the number of complete executions is a golden value";
}

TEST_P(HistoricalBug, IsDescribedInItsHeader) {
  const std::string header = header_of(GetParam());
  const std::string name = GetParam().name;
  EXPECT_NE(header.find("struct " + name + " {"), std::string::npos);
  const std::string description = description_of(name, header);
  EXPECT_NE(description.find("Repaired: "), std::string::npos)
      << GetParam().header << " says \"" << description << "\" of it";
}

INSTANTIATE_TEST_SUITE_P(Catalogue, HistoricalBug, ::testing::ValuesIn(catalogue()),
                         [](const auto& p) { return std::string(p.param.name); });

TEST(HistoricalBugs, EachReportThatIsKeptIsOfABug) {
  std::set<std::string> names;
  for (const historical_bug& bug : catalogue()) names.insert(std::string(bug.name) + ".txt");
  EXPECT_EQ(names.size(), catalogue().size()) << "two bugs have one name";
  for (const auto& file : std::filesystem::directory_iterator(std::string(folder) + "/golden")) {
    EXPECT_EQ(names.count(file.path().filename().string()), 1u) << file.path();
  }
}

TEST(HistoricalBugs, ThePageSaysWhatTheCheckerFinds) {
  std::vector<described_bug> bugs;
  for (const historical_bug& bug : catalogue()) {
    bugs.push_back({&bug, model::repair(bug.bug), description_of(bug.name, header_of(bug))});
    ASSERT_NE(bugs.back().found.failing.trace, nullptr) << bug.name;
  }
  const std::string page = text_at(page_path);
  const std::optional<std::string> shown = marked_part(page);
  ASSERT_TRUE(shown) << page_path << " has lost the two lines that mark the generated part";
  if (updated(page_path, with_marked_part(page, generated_part(bugs)))) {
    GTEST_SKIP() << "the page was written, not compared";
  }
  EXPECT_EQ(*shown, generated_part(bugs)) << remedy;
}

}  // namespace
}  // namespace wyn::historical
