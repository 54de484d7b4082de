// The explorer against brute force, on random programs: the same states and the same number of
// executions, none explored twice. And brute force against the corpus, whose answers are others'.
#include "models/litmus/reference.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "models/litmus/corpus.h"
#include "models/litmus/differential.h"
#include "models/litmus/litmus.h"
#include "models/litmus/program_text.h"
#include "models/litmus/relation.h"

namespace wyn::litmus {
namespace {

class generator {
 public:
  generator(unsigned seed, bool asymmetric) : random_(seed), asymmetric_(asymmetric) {}

  program next() {
    program p;
    p.locations = 2;
    p.plain.assign(2, false);
    const int threads = 2 + pick(2);
    for (int t = 0; t < threads; ++t) {
      int registers = 0;
      std::vector<op> ops;
      const int length = threads == 2 ? 2 + pick(3) : 1 + pick(2);
      for (int i = 0; i < length; ++i) ops.push_back(operation(registers));
      p.threads.push_back(std::move(ops));
      p.registers.push_back(registers);
    }
    return p;
  }

 private:
  int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  template <std::size_t N>
  order pick(const order (&from)[N]) {
    return from[pick(static_cast<int>(N))];
  }

  op operation(int& registers) {
    using enum order;
    op o;
    o.location = pick(2);
    o.operand.literal = 1 + pick(2);
    switch (pick(8)) {
      case 0:
      case 1:
        o.success = pick({relaxed, acquire, seq_cst});
        break;
      case 2:
      case 3:
        o.kind = op_kind::store;
        o.success = pick({relaxed, release, seq_cst});
        return o;
      case 4:
        o.kind = op_kind::fetch_add;
        o.success = pick({relaxed, acquire, release, acq_rel, seq_cst});
        break;
      case 5:
        o.kind = op_kind::exchange;
        o.success = pick({relaxed, acquire, release, acq_rel, seq_cst});
        break;
      case 6:
        o.kind = op_kind::compare_exchange;
        o.success = pick({relaxed, acquire, release, acq_rel, seq_cst});
        o.failure = pick({relaxed, acquire, seq_cst});
        o.expected.literal = pick(2);
        break;
      default:
        o.kind = op_kind::fence;
        o.success = asymmetric_ ? pick({light, heavy, light, heavy, seq_cst})
                                : pick({acquire, release, acq_rel, seq_cst, seq_cst});
        return o;
    }
    o.reg = registers++;
    return o;
  }

  std::mt19937 random_;
  bool asymmetric_;
};

void compare(unsigned seed, bool asymmetric, int programs,
             model::memory_model m = model::memory_model::rc11_20) {
  generator g(seed, asymmetric);
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

}  // namespace
}  // namespace wyn::litmus
