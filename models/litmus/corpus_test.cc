// The explorer against the corpus: on every row the same final states, the same number of
// executions and the same race verdict, and no execution explored twice.
#include <gtest/gtest.h>

#include <string>

#include "models/litmus/corpus.h"

namespace wyn::litmus {
namespace {

using model::failure;
using model::verdict_kind;

std::string show(const std::set<state>& states) {
  std::string text;
  for (const state& s : states) {
    text += "(";
    for (std::size_t i = 0; i < s.size(); ++i) text += (i == 0 ? "" : ",") + std::to_string(s[i]);
    text += ")";
  }
  return text;
}

// Empty when the row is answered right.
std::string difference(const row& r) {
  model::options o;
  o.count_duplicates = true;
  const outcome got = explore(r.program, o);
  if (r.race) {
    const bool found =
        got.verdict.kind == verdict_kind::fail && got.verdict.failure == failure::data_race;
    return found ? "" : "a race is missed: " + got.verdict.report;
  }
  if (got.verdict.kind != verdict_kind::pass) return got.verdict.report;
  std::string text;
  if (got.verdict.duplicates != 0) {
    text += std::to_string(got.verdict.duplicates) + " executions explored twice; ";
  }
  if (got.verdict.executions != r.executions) {
    text += "expected " + std::to_string(r.executions) + " executions, got " +
            std::to_string(got.verdict.executions) + "; ";
  }
  if (!r.states.empty() && got.states != r.states) {
    text += "expected states " + show(r.states).substr(0, 2000) + ", got " +
            show(got.states).substr(0, 2000);
  }
  return text;
}

void check_file(const std::string& name, std::size_t least_rows) {
  const std::vector<row> rows = read_corpus("models/litmus/corpus/" + name);
  ASSERT_GE(rows.size(), least_rows);
  int wrong = 0;
  for (const row& r : rows) {
    const std::string text = difference(r);
    if (text.empty()) continue;
    if (++wrong <= 10) ADD_FAILURE() << r.program.id << ": " << text;
  }
  EXPECT_EQ(wrong, 0) << "of " << rows.size() << " rows";
  ::testing::Test::RecordProperty("rows", std::to_string(rows.size()));
}

TEST(Corpus, ClassicShapesAgree) { check_file("classic.jsonl.gz", 5574); }
TEST(Corpus, PlainDataAgrees) { check_file("na.jsonl.gz", 748); }
TEST(Corpus, RandomProgramsAgree) { check_file("random.jsonl.gz", 4524); }
TEST(Corpus, LargerProgramsAgree) { check_file("big.jsonl.gz", 606); }
TEST(Corpus, CountsOfTheLiteratureAgree) { check_file("execcount_progs.jsonl.gz", 142); }

}  // namespace
}  // namespace wyn::litmus
