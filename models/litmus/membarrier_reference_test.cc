// The explorer's asymmetric fences against machines that interrupt: membarrier_reference.h says
// what is compared, and why in that direction.
#include "models/litmus/membarrier_reference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "models/litmus/litmus.h"
#include "models/litmus/program_text.h"
#include "models/litmus/random_program.h"

namespace wyn::litmus {
namespace {

using enum order;
using model::memory_model;

std::set<state> explored(const program& p, memory_model m = memory_model::rc11_20) {
  const outcome got = explore(p, {.model = m});
  EXPECT_EQ(got.verdict.kind, model::verdict_kind::pass) << to_text(p) << got.verdict.report;
  return got.states;
}

bool contains(const std::set<state>& all, const std::set<state>& some) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

op store(int location, int v) {
  op o;
  o.kind = op_kind::store;
  o.location = location;
  o.operand.literal = v;
  return o;
}
op load(int location, int reg) {
  op o;
  o.location = location;
  o.reg = reg;
  return o;
}
op fence(order f) {
  op o;
  o.kind = op_kind::fence;
  o.success = f;
  return o;
}

program make(int locations, std::vector<std::vector<op>> threads) {
  program p;
  p.id = "named";
  p.locations = locations;
  p.plain.assign(static_cast<std::size_t>(locations), false);
  for (const std::vector<op>& ops : threads) {
    int registers = 0;
    for (const op& o : ops) registers = std::max(registers, o.reg + 1);
    p.registers.push_back(registers);
  }
  p.threads = std::move(threads);
  return p;
}

program store_buffering(order first, order second) {
  return make(2, {{store(0, 1), fence(first), load(1, 0)},
                  {store(1, 1), fence(second), load(0, 0)}});
}
const state both_miss = {0, 0, 1, 1};

TEST(StoreBuffering, LightAndHeavyForbidItOnBothMachines) {
  const program p = store_buffering(light, heavy);
  EXPECT_FALSE(outcomes_of_views(p).contains(both_miss));
  EXPECT_FALSE(outcomes_of_x86(p).contains(both_miss));
  EXPECT_FALSE(explored(p).contains(both_miss));
  EXPECT_FALSE(explored(p, memory_model::tso).contains(both_miss));
}

TEST(StoreBuffering, TwoLightFencesAllowItOnBothMachines) {
  const program p = store_buffering(light, light);
  EXPECT_TRUE(outcomes_of_views(p).contains(both_miss));
  EXPECT_TRUE(outcomes_of_x86(p).contains(both_miss));
  EXPECT_TRUE(explored(p).contains(both_miss));
  EXPECT_TRUE(explored(p, memory_model::tso).contains(both_miss));
}

TEST(StoreBuffering, LightAndSeqCstAllowItOnBothMachines) {
  const program p = store_buffering(light, seq_cst);
  EXPECT_TRUE(outcomes_of_views(p).contains(both_miss));
  EXPECT_TRUE(outcomes_of_x86(p).contains(both_miss));
  EXPECT_TRUE(explored(p).contains(both_miss));
  EXPECT_TRUE(explored(p, memory_model::tso).contains(both_miss));
}

// The comparisons below see an interrupt that is missing.
TEST(LostInterrupts, ShowWhatTheAxiomsForbid) {
  const program p = store_buffering(light, heavy);
  EXPECT_TRUE(outcomes_of_views(p, interrupts::lost).contains(both_miss));
  EXPECT_TRUE(outcomes_of_x86(p, interrupts::lost).contains(both_miss));
}

// Fences are ordered by relaxed accesses of a third thread on a machine, but not by RC11.
TEST(ThreeThreads, AreWhereTheMachineIsStricter) {
  const program p = make(3, {{store(0, 1), fence(seq_cst), store(1, 1)},
                             {load(1, 0), store(2, 1)},
                             {load(2, 0), fence(seq_cst), load(0, 1)}});
  const state chain = {1, 1, 0, 1, 1, 1};
  std::set<state> allowed = explored(p);
  EXPECT_EQ(allowed.erase(chain), 1u);
  EXPECT_EQ(outcomes_of_views(p), allowed);
}

// Every thread that is an access, a fence and an access, all relaxed and on two locations.
std::vector<std::vector<op>> fenced_threads() {
  std::vector<std::vector<op>> all;
  const auto access = [](int which, int reg) {
    return which < 2 ? store(which, 1 + reg) : load(which - 2, reg);
  };
  for (int first = 0; first < 4; ++first) {
    for (int second = 0; second < 4; ++second) {
      for (const order f : {light, heavy, seq_cst}) {
        all.push_back({access(first, 0), fence(f), access(second, 1)});
      }
    }
  }
  return all;
}

struct coverage {
  int programs = 0;
  int need_interrupts = 0;  ///< without them the machine does what the axioms forbid
};

// All pairs of such threads. `equal`: the machine has to do all that the axioms allow, too.
template <class Machine>
coverage compare_all_pairs(bool equal, Machine machine,
                           memory_model m = memory_model::rc11_20) {
  coverage sum;
  const std::vector<std::vector<op>> threads = fenced_threads();
  for (std::size_t a = 0; a < threads.size(); ++a) {
    for (std::size_t b = a; b < threads.size(); ++b) {
      const program p = make(2, {threads[a], threads[b]});
      const std::set<state> allowed = explored(p, m);
      const std::set<state> outcomes = machine(p, interrupts::delivered);
      EXPECT_TRUE(equal ? outcomes == allowed : contains(allowed, outcomes)) << to_text(p);
      if (!contains(allowed, machine(p, interrupts::lost))) ++sum.need_interrupts;
      ++sum.programs;
    }
  }
  return sum;
}

TEST(AllFencedPairs, AreTheAxiomsOnViews) {
  const coverage sum = compare_all_pairs(true, outcomes_of_views);
  EXPECT_EQ(sum.programs, 48 * 49 / 2);
  EXPECT_GT(sum.need_interrupts, 10);
}

TEST(AllFencedPairs, HaveEveryOutcomeOfX86Explored) {
  EXPECT_GT(compare_all_pairs(false, outcomes_of_x86).need_interrupts, 2);
}

template <class Machine>
void expect_every_outcome_explored(unsigned seed, program_shape shape, Machine machine) {
  for (const bool light_between : {false, true}) {
    shape.light_between = light_between;
    random_programs g(seed, shape);
    for (int i = 0; i < 1000; ++i) {
      const program p = g.next();
      ASSERT_TRUE(contains(explored(p), machine(p, interrupts::delivered))) << to_text(p);
    }
  }
}

TEST(Views, HaveEveryOutcomeExplored) {
  const program_shape shape{.asymmetric = true, .seq_cst_accesses = false};
  expect_every_outcome_explored(1202, shape, outcomes_of_views);
}

TEST(X86, HasEveryOutcomeExplored) {
  expect_every_outcome_explored(86, {.asymmetric = true}, outcomes_of_x86);
}

template <class Machine>
void expect_same(unsigned seed, const program_shape& shape, int programs, memory_model m,
                 Machine machine) {
  random_programs g(seed, shape);
  std::size_t outcomes = 0;
  for (int i = 0; i < programs; ++i) {
    const program p = g.next();
    const std::set<state> allowed = explored(p, m);
    ASSERT_EQ(machine(p, interrupts::delivered), allowed) << to_text(p);
    outcomes += allowed.size();
  }
  EXPECT_GT(outcomes, static_cast<std::size_t>(2 * programs));
}

TEST(Views, AreTheAxiomsOnTwoThreadsWithLightFencesBetweenAllAccesses) {
  const program_shape shape{.most_threads = 2,
                            .asymmetric = true,
                            .seq_cst_accesses = false,
                            .light_between = true};
  expect_same(1202, shape, 1000, memory_model::rc11_20, outcomes_of_views);
}

TEST(Views, AreTheAxiomsOnTwoThreadsWithSymmetricFences) {
  const program_shape shape{.most_threads = 2, .seq_cst_accesses = false};
  expect_same(2020, shape, 1000, memory_model::rc11_20, outcomes_of_views);
}

// The model tso against a machine with store buffers, up to three threads, all orders.
TEST(X86, IsTheModelTso) { expect_same(86, {}, 1000, memory_model::tso, outcomes_of_x86); }

TEST(X86, IsTheModelTsoWithAsymmetricFences) {
  expect_same(8086, {.asymmetric = true}, 1000, memory_model::tso, outcomes_of_x86);
}

TEST(X86, IsTheModelTsoOnLongerProgramsWithAsymmetricFences) {
  const program_shape shape{.asymmetric = true, .longer_by = 2, .locations = 3};
  expect_same(80186, shape, 400, memory_model::tso, outcomes_of_x86);
}

TEST(AllFencedPairs, AreTheModelTsoOnX86) {
  EXPECT_GT(compare_all_pairs(true, outcomes_of_x86, memory_model::tso).need_interrupts, 2);
}

// Thread 1 has to keep its store in the buffer, or its load would come too late for thread 2.
// Thread 0 must not, or the interrupt would come too late for it.
TEST(X86, KeepsTheRightStoreInItsBuffer) {
  op drained = store(2, 1);
  drained.success = seq_cst;
  const program p = make(4, {{store(0, 1), load(3, 0)},
                             {store(1, 1), load(2, 0)},
                             {drained, load(1, 0), fence(heavy), load(0, 1)}});
  const state all_miss = {0, 0, 0, 0, 1, 1, 1, 0};
  EXPECT_TRUE(outcomes_of_x86(p).contains(all_miss));
  EXPECT_EQ(outcomes_of_x86(p), explored(p, memory_model::tso));
}

// The second of two heavy fences in a row finds other buffers empty, or not.
TEST(X86, OrdersHeavyFencesInARow) {
  const program p = make(4, {{store(0, 1), load(1, 0), store(1, 1), load(0, 1)},
                             {store(2, 1), load(3, 0), store(3, 1), load(2, 1)},
                             {load(0, 0), fence(heavy), fence(heavy), load(2, 1)}});
  EXPECT_EQ(outcomes_of_x86(p), explored(p, memory_model::tso));
}

}  // namespace
}  // namespace wyn::litmus
