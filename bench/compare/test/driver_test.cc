// Tables and files of a report that is made up.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "bench/compare/driver/output.h"
#include "bench/compare/driver/verdict.h"
#include "bench/compare/test/made_up.h"

namespace wyn::bench::compare {
namespace {

std::string line_with(const std::string& text, const std::string& words) {
  const std::size_t at = text.find(words);
  if (at == std::string::npos) return "";
  const std::size_t begin = text.rfind('\n', at) + 1;
  return text.substr(begin, text.find('\n', at) - begin);
}

TEST(Comparison, BestPeerIsNeitherOursNorSerial) {
  const report r = made_up_report();
  ASSERT_NE(r.tables[0].best_peer(1), nullptr);
  EXPECT_EQ(r.tables[0].best_peer(1)->system, "rayon");
  EXPECT_EQ(r.tables[0].best_of_ours(1)->system, "wyn");
  EXPECT_EQ(r.tables[0].best_peer(7), nullptr);
}

TEST(Comparison, OurBestRowIsBeatenWhereAPeersMedianIsLess) {
  const report r = made_up_report();
  const table& t = r.tables[0];
  EXPECT_TRUE(is_beaten(t, *t.find("wyn", 1)));
  EXPECT_FALSE(is_beaten(t, *t.find("wyn coroutines", 1)));
  EXPECT_FALSE(is_beaten(t, *t.find("wyn", 2)));
  EXPECT_FALSE(is_beaten(t, *t.find("Go", 1)));
}

TEST(Comparison, EachLossIsALineOfItsOwn) {
  ASSERT_EQ(losses(made_up_report()).size(), 1U);
  EXPECT_EQ(losses(made_up_report())[0], "fib 27, 1 worker: rayon takes 3.00 ns a task, wyn 4.00");
}

TEST(Comparison, RowsAreOrderedByTheirMediansWithSerialCodeLast) {
  const report r = made_up_report();
  const auto rows = in_order(r.tables[0], 2);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0]->system, "wyn");
  EXPECT_EQ(rows[2]->system, "Go");
  EXPECT_EQ(rows[3]->system, "no runtime");
}

TEST(Comparison, BareThreadsOfTheNumberOfWorkersStandInPlaceOfOne) {
  report r = made_up_report();
  r.tables[0].rows.push_back(made_up("no runtime", 2, 7));
  EXPECT_EQ(in_order(r.tables[0], 1).back()->value.median, 1);
  EXPECT_EQ(in_order(r.tables[0], 2).back()->value.median, 7);
}

TEST(Comparison, RatioIsToTheBestPeer) {
  const report r = made_up_report();
  const table& t = r.tables[0];
  EXPECT_EQ(against_best_peer(t, *t.find("wyn", 1)), "1.33x");
  EXPECT_EQ(against_best_peer(t, *t.find("Go", 1)), "100x");
}

TEST(Comparison, NumbersOfWorkersDoNotComeFromSerialCode) {
  report r = made_up_report();
  EXPECT_EQ(r.workers(), (std::vector<int>{1, 2}));
  r.tables[0].rows.resize(1);
  EXPECT_TRUE(r.workers().empty());
}

TEST(ComparisonTable, MarksABeatenRow) {
  const std::string text = as_table(made_up_report());
  EXPECT_NE(line_with(text, "wyn 1.2 ").find("<- beaten"), std::string::npos) << text;
  EXPECT_EQ(line_with(text, "rayon 1.2").find("<-"), std::string::npos) << text;
}

TEST(ComparisonTable, MarksAWrongAnswer) {
  report r = made_up_report();
  EXPECT_TRUE(r.good());
  EXPECT_EQ(as_table(r).find("WRONG"), std::string::npos);
  r.tables[0].rows[3].wrong_answers = 1;
  EXPECT_FALSE(r.good());
  EXPECT_NE(line_with(as_table(r), "rayon 1.2").find("WRONG"), std::string::npos);
}

TEST(ComparisonTable, MarksARowOfABusyMachine) {
  report r = made_up_report();
  table& t = r.tables[0];
  EXPECT_FALSE(is_disturbed(t, t.rows[1]));
  t.rows[4].cpu_ns.median = t.rows[4].value.median / 1.3;
  EXPECT_TRUE(is_disturbed(t, t.rows[4]));
  EXPECT_NE(line_with(as_table(r), "Go 1.2").find("~"), std::string::npos);
  t.rows[4].workers = 2;
  EXPECT_FALSE(is_disturbed(t, t.rows[4]));
}

TEST(ComparisonTable, NamesWhatIsNotThere) {
  const std::string text = as_table(made_up_report());
  EXPECT_NE(text.find("not there: tokio"), std::string::npos);
  EXPECT_NE(text.find("absent: oneTBB (not on this machine)"), std::string::npos);
}

TEST(ComparisonTable, FailureOfOursIsNoGoodReport) {
  report r = made_up_report();
  r.failures = {"rayon, 1 worker, fib 27: ended by signal 6"};
  EXPECT_TRUE(r.good());
  r.failures.push_back("wyn coroutines, 1 worker, fib 27: no answer within 3 s");
  EXPECT_FALSE(r.good());
  EXPECT_NE(as_table(r).find("FAILED: wyn coroutines"), std::string::npos);
}

TEST(ComparisonJson, IsReadBackAsItWas) {
  const std::string text = as_json(made_up_report());
  EXPECT_EQ(as_json(report_from(text)), text);
  EXPECT_EQ(report_from(text).tables[0].rows.size(), 8U);
}

TEST(ComparisonJson, OfSomethingElseIsRefusedWithAMessage) {
  for (const char* text : {"", "{}", "{\"machine\": 3}"}) {
    try {
      report_from(text);
      ADD_FAILURE() << text;
    } catch (const std::invalid_argument& e) {
      EXPECT_NE(std::string(e.what()).find("//bench:compare"), std::string::npos) << e.what();
    }
  }
}

}  // namespace
}  // namespace wyn::bench::compare
