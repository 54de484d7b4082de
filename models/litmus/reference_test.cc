// The explorer against brute force, on random programs: the same states and the same number of
// executions, none explored twice. And brute force against the corpus, whose answers are others'.
#include "models/litmus/reference.h"

#include <gtest/gtest.h>

#include <string>

#include "models/litmus/corpus.h"
#include "models/litmus/differential.h"
#include "models/litmus/litmus.h"
#include "models/litmus/program_text.h"
#include "models/litmus/random_program.h"
#include "models/litmus/relation.h"

namespace wyn::litmus {
namespace {

void compare(unsigned seed, bool asymmetric, int programs,
             model::memory_model m = model::memory_model::rc11_20) {
  random_programs g(seed, {.asymmetric = asymmetric});
  std::uint64_t executions = 0;
  for (int i = 0; i < programs; ++i) {
    const program p = g.next();
    ASSERT_EQ(difference_from_reference(p, m), "") << to_text(p);
    executions += enumerate(p, m).executions;
  }
  EXPECT_GT(executions, static_cast<std::uint64_t>(programs));
}

// Rows that brute force has an answer to in a few milliseconds.
bool is_small(const program& p) {
  std::size_t events = static_cast<std::size_t>(p.locations);
  for (const std::vector<op>& thread : p.threads) events += thread.size();
  return events <= max_related && candidates(p) <= 2000;
}

void compare_with_rows(const std::string& name, std::size_t least) {
  std::size_t compared = 0;
  for (const row& r : read_corpus("models/litmus/corpus/" + name + ".jsonl.gz")) {
    if (!is_small(r.program)) continue;
    for (const model::memory_model m : memory_models) {
      const reference got = enumerate(r.program, m);
      const bool of_language =
          m == model::memory_model::rc11 || m == model::memory_model::rc11_20;
      if (of_language) {
        ASSERT_EQ(got.race, has_race(r, m)) << r.program.id;
      }
      if (of_language && got.race) continue;
      ASSERT_EQ(got.executions, r.answers.at(m).executions) << r.program.id;
      ASSERT_EQ(got.states, r.answers.at(m).states) << r.program.id;
    }
    ++compared;
  }
  EXPECT_GE(compared, least);
}

TEST(Reference, AnswersTheClassicRows) { compare_with_rows("classic", 5000); }
TEST(Reference, AnswersTheRowsWithPlainData) { compare_with_rows("na", 600); }
TEST(Reference, AnswersTheRandomRows) { compare_with_rows("random", 3000); }

TEST(Reference, AgreesOnAllOrdersAndFences) { compare(20201, false, 500); }
TEST(Reference, AgreesOnAsymmetricFences) { compare(12021, true, 1000); }
TEST(Reference, AgreesOnPublishedReleaseSequences) {
  compare(2017, false, 500, model::memory_model::rc11);
}
TEST(Reference, AgreesOnInterleavings) { compare(1979, false, 500, model::memory_model::sc); }
TEST(Reference, AgreesOnX86) { compare(2009, false, 500, model::memory_model::tso); }
TEST(Reference, AgreesOnAsymmetricFencesOfX86) {
  compare(2010, true, 1000, model::memory_model::tso);
}

}  // namespace
}  // namespace wyn::litmus
