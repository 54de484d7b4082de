// Executions of the biased deque's models are runs of the machine of its proof, with every conjunct
// of the invariant in every state; and each row of the table that links the two is needed for that.
//
// Of the models with many executions so many are replayed here, evenly spread, that there are
// thousands of each; all of them with --config=deep. biased_long_link_test has the models that take
// seconds to explore, and minutes to replay.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include "models/biased_deque/broken_bias.h"
#include "models/checker/gtest_deep.h"
#include "proofs/link/biased_models.h"
#include "proofs/link/biased_replay.h"
#include "proofs/link/link_testing.h"

namespace wyn::link {
namespace {

using biased_models::deque_with;
using biased_models::mistake;
using model::execution_trace;
using model::is_deep;
using model::trace_order;

constexpr std::uint64_t replayed_at_most = 5000;
// For the tests of the table: enough to take every step.
constexpr std::uint64_t recorded_among = 50000;

// Of every so many executions of a model one is replayed.
std::uint64_t stride_of(const linked_model& m) {
  return is_deep() ? 1 : 1 + m.executions / replayed_at_most;
}

struct sample {
  std::uint64_t replayed = 0;
  std::uint64_t states = 0;
  std::string problem;
};

// The golden count of all, and a replay of one of every `stride`.
sample replay_of(const linked_model& m, trace_order order, std::uint64_t stride) {
  sample result;
  std::uint64_t seen = 0;
  biased_replay replay(biased_link::steps(), m.capacity, m.words);
  result.problem = problem_of_all(m.check, m.executions, order, [&](const execution_trace& t) {
    if (seen++ % stride != 0) return std::string();
    ++result.replayed;
    return replay.run(t);
  });
  result.states = replay.machine().states();
  return result;
}

// Traces of a model: those that take a step which none before took, and some more.
struct recorded {
  linked_model model;
  std::vector<execution_trace> traces;
};

recorded record(const linked_model& m) {
  recorded r{m, {}};
  std::uint64_t seen = 0;
  std::size_t steps = 0;
  biased_replay replay(biased_link::steps(), m.capacity, m.words);
  const std::uint64_t executions = std::min(m.executions, recorded_among);
  const std::uint64_t stride = 1 + executions / replayed_at_most;
  const std::uint64_t kept = 1 + executions / 100;
  const auto record_some = [&](const execution_trace& t) {
    const std::uint64_t n = seen++;
    if (n % stride != 0) return std::string();
    std::string problem = replay.run(t);
    const std::size_t taken = replay.machine().steps_taken().size();
    if (taken > steps || n % kept == 0) r.traces.push_back(t);
    steps = taken;
    return problem;
  };
  each_trace(m.check, {.max_executions = recorded_among}, trace_order::machine_lowest_first,
             record_some);
  return r;
}

class BiasedLink : public ::testing::Test {
 protected:
  static const std::vector<recorded>& recordings() {
    static const std::vector<recorded> all = [] {
      std::vector<recorded> result;
      for (const auto& [name, m] : biased_link::models()) result.push_back(record(m));
      return result;
    }();
    return all;
  }

  static std::string problem_of(const std::vector<step_row>& rows, bool pass_over_unknown_sites) {
    for (const recorded& r : recordings()) {
      biased_replay replayed_by(rows, r.model.capacity, r.model.words);
      if (pass_over_unknown_sites) replayed_by.pass_over_unknown_sites();
      for (const execution_trace& t : r.traces) {
        std::string problem = replayed_by.run(t);
        if (!problem.empty()) return problem;
      }
    }
    return {};
  }

  // Of a model that may fail; "" when there is none.
  static std::string problem_with(const linked_model& m, const model::options& o) {
    biased_replay replay(biased_link::steps(), m.capacity, m.words);
    return each_trace(m.check, o, trace_order::machine_lowest_first,
                      [&](const execution_trace& t) { return replay.run(t); })
        .problem;
  }

  template <template <class, class, class> class Model, mistake Mistake>
  static std::string problem_of_mistake(number capacity) {
    using program = Model<env_checker, biased_orders, deque_with<Mistake>>;
    return problem_with({model::check<program>, capacity, 1, 0},
                        {.max_executions = recorded_among});
  }
};

TEST_F(BiasedLink, ExecutionsAreRunsOfTheMachine) {
  std::uint64_t executions = 0, replayed = 0, states = 0;
  for (const auto& [name, m] : biased_link::models()) {
    for (const trace_order order : biased_link::trace_orders()) {
      const sample s = replay_of(m, order, stride_of(m));
      EXPECT_EQ(s.problem, "") << name;
      replayed += s.replayed;
      states += s.states;
    }
    executions += m.executions;
  }
  std::printf("%llu executions, in 2 orders; %llu replayed, %llu states, %zu conjuncts each\n",
              static_cast<unsigned long long>(executions),
              static_cast<unsigned long long>(replayed), static_cast<unsigned long long>(states),
              std::size(biased_link::machine::invariant));
}

// But those that are made of executions of which some are no runs.
TEST_F(BiasedLink, NoModelIsLeftOut) {
  const auto models = biased_link::models(), long_models = biased_link::long_models();
  for (const biased_models::golden_count& g : biased_models::golden_counts) {
    const std::string name(g.model);
    const bool left_out = name == "askers_left" || name == "oldest_finds_none";
    EXPECT_EQ(models.count(name) + long_models.count(name), left_out ? 0u : 1u) << name;
  }
  EXPECT_EQ(models.size(), biased_models::all_models().size() + 1);
  EXPECT_EQ(long_models.size(), biased_models::long_models().size());
}

TEST_F(BiasedLink, TheTableIsEnough) { EXPECT_EQ(problem_of(biased_link::steps(), false), ""); }

TEST_F(BiasedLink, EachRowIsMet) {
  expect_each_row_is_met<step_row>(biased_link::steps(), problem_of);
}

// Not so after an empty pop that needs no access to top, which changes nothing; and where the count
// is not 0 the owner may have gone on without a look at it.
TEST_F(BiasedLink, EachRowThatIsAStepIsNeeded) {
  expect_each_step_row_is_needed<step_row>(biased_link::steps(), problem_of,
                                           {"pop.empty_by_cache", "rebias.not_yet"});
}

TEST_F(BiasedLink, EachStepIsNeeded) {
  expect_each_step_is_needed<step_row>(biased_link::steps(), problem_of);
}

TEST_F(BiasedLink, EachCopyOfAGrowthIsNeeded) {
  for (const std::string_view site : {"grow.load_slot", "grow.store_slot"}) {
    std::vector<step_row> rows = biased_link::steps();
    std::erase_if(rows, [&](const step_row& r) { return r.site == site; });
    EXPECT_NE(problem_of(rows, true), "") << site;
  }
}

// The other way round: no step of the machine is one that the code never takes.
TEST_F(BiasedLink, TheCodeTakesEveryStepOfTheMachine) {
  std::set<std::string> taken;
  for (const recorded& r : recordings()) {
    biased_replay replay(biased_link::steps(), r.model.capacity, r.model.words);
    for (const execution_trace& t : r.traces) replay.run(t);
    const std::set<std::string>& some = replay.machine().steps_taken();
    taken.insert(some.begin(), some.end());
  }
  for (const auto& t : biased_link::machine::transitions) {
    EXPECT_EQ(taken.count(t.name), 1u) << t.name;
  }
}

// A deque with a mistake is no run of the machine, and the first difference is named.
TEST_F(BiasedLink, AMistakeOfTheCodeIsNoRun) {
  using namespace biased_models;  // NOLINT: the names of the models
  using deque_models::last_item, deque_models::two_items, deque_models::two_thieves;
  const auto expect = [](const std::string& problem, const std::string& part) {
    EXPECT_NE(problem.find(part), std::string::npos) << part << "\n" << problem;
  };
  EXPECT_EQ((problem_of_mistake<bias_taken_back, mistake::none>(8)), "");
  EXPECT_EQ((problem_of_mistake<oldest, mistake::none>(4)), "");
  expect(problem_of_mistake<bias_taken_back, mistake::askers_not_counted>(8), "rebias.cas_top: ");
  expect(problem_of_mistake<bias_taken_back, mistake::bias_back_from_asked>(8), "rebias.cas_top: ");
  expect(problem_of_mistake<last_item, mistake::last_item_takes_bias_back>(2),
         "pop.cas_top: another word of top is written");
  expect(problem_of_mistake<last_item, mistake::last_item_not_retried>(2), "pop.restore_bottom: ");
  expect(problem_of_mistake<two_items, mistake::light_pop_while_asked>(2),
         "pop.cas_top: the machine cannot take");
  expect(problem_of_mistake<oldest, mistake::oldest_by_a_store>(4), "pop.restore_bottom: ");
  expect(problem_of_mistake<asked_for_the_oldest, mistake::oldest_not_retried>(4),
         "push.load_bottom: ");
  expect(problem_of_mistake<asked_for_the_oldest, mistake::oldest_takes_bias_back>(4),
         "oldest.cas_top: another word of top is written");
  expect(problem_of_mistake<two_thieves, mistake::steal_while_asked>(2), "steal.fence: ");
}

// Weaker orders have executions that the machine has not.
TEST_F(BiasedLink, AWeakerOrderOfTheCodeIsNoRun) {
  const linked_model m = biased_link::models().at("two_items");
  for (const char* row : {"DB7", "DB10", "DB18", "DB27"}) {
    EXPECT_NE(problem_with(m, {.overrides = {{row, order::acq_rel, {}}}}), "") << row;
  }
}

// Under the explorer's x86 a heavy fence is membarrier itself, a barrier in each thread, and no
// rule on pairs of fences: it gives what the machine takes of it.
TEST_F(BiasedLink, ExecutionsOfX86AreRuns) {
  for (const auto& [name, m] : biased_link::models()) {
    if (m.executions > replayed_at_most) continue;
    biased_replay replay(biased_link::steps(), m.capacity, m.words);
    const replayed r =
        each_trace(m.check, {.model = model::memory_model::tso}, trace_order::machine_lowest_first,
                   [&](const execution_trace& t) { return replay.run(t); });
    EXPECT_EQ(r.verdict.kind, model::verdict_kind::pass) << name << ": " << r.verdict.report;
    EXPECT_EQ(r.problem, "") << name;
    EXPECT_GT(r.traces, 0u) << name;
    EXPECT_LE(r.traces, m.executions) << name;
  }
  const linked_model m = biased_link::models().at("two_items");
  const model::options ordinary{.model = model::memory_model::tso,
                                .overrides = {{"DB27", order::seq_cst, {}}}};
  EXPECT_NE(problem_with(m, ordinary), "");
}

TEST_F(BiasedLink, AValueThatTheMachineHasNotIsAProblem) {
  int changed = 0;
  for (const recorded& r : recordings()) {
    biased_replay replay(biased_link::steps(), r.model.capacity, r.model.words);
    for (std::size_t i = 0; i < r.traces.size(); i += 1 + r.traces.size() / 3) {
      const execution_trace& right = r.traces[i];
      for (std::size_t n = 0; n < right.steps.size(); ++n) {
        execution_trace t = right;
        const std::string& site = t.steps[n].site;
        const bool is_pointer = site.ends_with("_buffer");  // compared by what it was read from
        const bool is_guess = site.find("size") != std::string::npos;
        if (t.steps[n].location < 0 || is_pointer || is_guess) continue;
        (model::writes(t.steps[n].kind) ? t.steps[n].written : t.steps[n].read) += 77;
        EXPECT_NE(replay.run(t), "") << site << "\n" << model::to_text(t);
        ++changed;
      }
    }
  }
  EXPECT_GT(changed, 500);
}

TEST_F(BiasedLink, AnExecutionWithoutARunIsAProblem) {
  const recorded& r = recordings().front();
  execution_trace t = r.traces.front();
  t.machine_run = false;
  biased_replay replay(biased_link::steps(), r.model.capacity, r.model.words);
  EXPECT_NE(replay.run(t), "");
}

}  // namespace
}  // namespace wyn::link
