// The explorer against the corpus: on every row and under every memory model the same final states,
// the same number of executions and the same race verdict, and no execution explored twice.
#include "models/litmus/corpus.h"

#include <gtest/gtest.h>

#include <string>

namespace wyn::litmus {
namespace {

void check_file(const std::string& name, std::size_t least_rows, model::memory_model m) {
  const std::vector<row> rows = read_corpus("models/litmus/corpus/" + name + ".jsonl.gz");
  ASSERT_GE(rows.size(), least_rows);
  int wrong = 0;
  for (const row& r : rows) {
    const std::string text = difference(r, m, explore(r, m));
    if (text.empty()) continue;
    if (++wrong <= 10) ADD_FAILURE() << r.program.id << ": " << text;
  }
  EXPECT_EQ(wrong, 0) << "of " << rows.size() << " rows";
  ::testing::Test::RecordProperty("rows", std::to_string(rows.size()));
}

class Corpus : public ::testing::TestWithParam<model::memory_model> {};

TEST_P(Corpus, ClassicShapesAgree) { check_file("classic", 5574, GetParam()); }
TEST_P(Corpus, PlainDataAgrees) { check_file("na", 748, GetParam()); }
TEST_P(Corpus, RandomProgramsAgree) { check_file("random", 4524, GetParam()); }
TEST_P(Corpus, LargerProgramsAgree) { check_file("big", 606, GetParam()); }
TEST_P(Corpus, CountsOfTheLiteratureAgree) { check_file("execcount_progs", 142, GetParam()); }

INSTANTIATE_TEST_SUITE_P(Models, Corpus, ::testing::ValuesIn(memory_models),
                         [](const auto& info) { return std::string(to_string(info.param)); });

TEST(CorpusComparison, NamesWhatDiffers) {
  row r = read_corpus("models/litmus/corpus/classic.jsonl.gz").front();
  const outcome got = explore(r, model::memory_model::rc11_20);
  EXPECT_EQ(difference(r, model::memory_model::rc11_20, got), "");
  ++r.answers[model::memory_model::rc11_20].executions;
  EXPECT_NE(difference(r, model::memory_model::rc11_20, got).find("expected"), std::string::npos);
}

}  // namespace
}  // namespace wyn::litmus
