#include "models/checker/report/source.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <string>
#include <vector>

#include "models/check/std/checked.h"
#include "models/checker/checker.h"
#include "models/checker/report/counterexample.h"
#include "models/checker/report/html.h"
#include "models/checker/report/json.h"

namespace wyn::model {
namespace {

std::string folder_with_lines() {
  const std::string folder = ::testing::TempDir();
  std::ofstream(folder + "/five.cc") << "one\ntwo\nthree\nfour\nfive\n";
  return folder;
}

TEST(Source, AnExcerptIsCutAtTheEndsOfTheFile) {
  const std::string folder = folder_with_lines();
  const excerpt middle = excerpt_at({folder + "/five.cc", 3}, 1);
  EXPECT_EQ(middle.first, 2);
  EXPECT_EQ(middle.lines, (std::vector<std::string>{"two", "three", "four"}));
  const excerpt begin = excerpt_at({folder + "/five.cc", 1}, 1);
  EXPECT_EQ(begin.first, 1);
  EXPECT_EQ(begin.lines, (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(excerpt_at({folder + "/five.cc", 5}, 3).lines.size(), 4u);
}

TEST(Source, AFileThatCannotBeReadHasNoExcerpt) {
  EXPECT_TRUE(excerpt_at({"no/such/file.cc", 1}, 3).lines.empty());
  EXPECT_TRUE(excerpt_at({}, 3).lines.empty());
}

TEST(Source, ARelativeNameIsLookedForBelowTheFolderOfTheSources) {
  setenv("WYN_MODEL_SOURCES", folder_with_lines().c_str(), 1);
  EXPECT_EQ(excerpt_at({"five.cc", 3}, 0).lines, std::vector<std::string>{"three"});
  unsetenv("WYN_MODEL_SOURCES");
}

struct always_fails {
  static constexpr int threads = 1;
  check::atomic<int> word{0};
  void thread(int) {
    word.store(1);
    check::require(false, "always");
  }
};

TEST(Source, StandsInTheDataAndItsLinesInThePage) {
  const verdict v = model::check<always_fails>();
  ASSERT_NE(v.trace, nullptr);
  ASSERT_EQ(v.trace->steps.size(), 1u);
  const std::string source = v.trace->steps[0].source;
  EXPECT_TRUE(source.find("source_test.cc:") != std::string::npos) << source;
  EXPECT_NE(json_of(v).find("\"src\": \"" + source + "\""), std::string::npos);
  const bool readable = !excerpt_at(source_of(v.trace->steps[0].site), 0).lines.empty();
  EXPECT_EQ(html_of(v).find("word.store(1);") != std::string::npos, readable);
}

}  // namespace
}  // namespace wyn::model
