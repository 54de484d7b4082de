// Every execution of the deque's models over the fence table is a run of the machine of its proof,
// with every conjunct of the invariant in every state; and each row of the table that links the two
// is needed for that.
#include <gtest/gtest.h>

#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include "models/deque/broken_deque.h"
#include "proofs/link/deque_models.h"
#include "proofs/link/deque_replay.h"

namespace wyn::link {
namespace {

using model::execution_trace;

struct replayed {
  model::verdict verdict;
  std::uint64_t traces = 0;
  std::string problem;  ///< the first one, with its trace
};

// All traces of a model go to `use`, whose answer is a problem or empty.
template <class Use>
replayed each_trace(const models::model_run& check, model::options o, bool highest_first, Use use) {
  replayed result;
  model::trace_recorder recorder(
      [&](const execution_trace& t) {
        ++result.traces;
        if (!result.problem.empty()) return;
        result.problem = use(t);
        if (!result.problem.empty()) result.problem += "\n" + model::to_text(t);
      },
      highest_first);
  o.watched_by = &recorder;
  result.verdict = check(o);
  return result;
}

// The same of a model that passes, with its golden number of executions.
template <class Use>
std::string problem_of_all(const linked_model& m, bool highest_first, Use use) {
  const replayed r = each_trace(m.check, {}, highest_first, use);
  if (r.verdict.kind != model::verdict_kind::pass) return r.verdict.report;
  if (r.traces != m.executions || r.verdict.executions != m.executions) {
    return std::to_string(r.traces) + " traces of " + std::to_string(r.verdict.executions) +
           " executions, and the golden count is " + std::to_string(m.executions);
  }
  return r.problem;
}

class DequeLinkOf : public ::testing::TestWithParam<std::string> {};

TEST_P(DequeLinkOf, EveryExecutionIsARunOfTheMachine) {
  const linked_model m = deque_models().at(GetParam());
  for (const bool highest_first : {false, true}) {
    deque_replay replay(deque_steps(), m.capacity, m.words);
    EXPECT_EQ(problem_of_all(m, highest_first,
                             [&](const execution_trace& t) { return replay.run(t); }),
              "");
    std::printf("%s: %llu executions, %llu states, %zu conjuncts each\n", GetParam().c_str(),
                static_cast<unsigned long long>(m.executions),
                static_cast<unsigned long long>(replay.states()), std::size(deque::invariant));
  }
}

std::vector<std::string> names() {
  std::vector<std::string> result;
  for (const auto& [name, m] : deque_models()) result.push_back(name);
  return result;
}
INSTANTIATE_TEST_SUITE_P(Models, DequeLinkOf, ::testing::ValuesIn(names()),
                         [](const auto& info) { return info.param; });

TEST(DequeLinkTable, NoModelIsLeftOut) {
  EXPECT_EQ(deque_models().size(), deque_models::all_models<deque_fence_orders>().size());
}

// Traces of all models but the largest one: enough to meet every row.
struct recorded {
  linked_model model;
  std::vector<execution_trace> traces;
};
const std::vector<recorded>& recordings() {
  static const std::vector<recorded> all = [] {
    std::vector<recorded> result;
    for (const auto& [name, m] : deque_models()) {
      if (name == "three_thieves") continue;
      recorded r{m, {}};
      each_trace(m.check, {}, false, [&](const execution_trace& t) {
        r.traces.push_back(t);
        return std::string();
      });
      result.push_back(std::move(r));
    }
    return result;
  }();
  return all;
}

// The first problem of a replay by `rows`; empty: every trace can be replayed.
std::string problem_of(const std::vector<step_row>& rows, bool pass_over_unknown_sites) {
  for (const recorded& r : recordings()) {
    deque_replay replay(rows, r.model.capacity, r.model.words);
    if (pass_over_unknown_sites) replay.pass_over_unknown_sites();
    for (const execution_trace& t : r.traces) {
      std::string problem = replay.run(t);
      if (!problem.empty()) return problem;
    }
  }
  return {};
}

std::string text_of(const step_row& row) {
  return std::string(row.site) + (row.steps.empty() ? "" : " " + std::string(row.steps.front()));
}

TEST(DequeLinkTable, IsEnough) { EXPECT_EQ(problem_of(deque_steps(), false), ""); }

TEST(DequeLinkTable, EachRowIsMet) {
  for (std::size_t n = 0; n < deque_steps().size(); ++n) {
    std::vector<step_row> rows = deque_steps();
    const std::string row = text_of(rows[n]);
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(n));
    EXPECT_NE(problem_of(rows, false).find("no row of the table"), std::string::npos) << row;
  }
}

// Even if the accesses of a missing row are passed over: the machine is then out of step. Not so
// after an empty pop that needs no access to top, which has an obligation and changes nothing.
TEST(DequeLinkTable, EachRowThatIsAStepIsNeeded) {
  for (std::size_t n = 0; n < deque_steps().size(); ++n) {
    std::vector<step_row> rows = deque_steps();
    if (rows[n].steps.empty()) continue;
    const std::string row = text_of(rows[n]);
    const bool changes_nothing = rows[n].steps.front() == "pop.empty_by_cache";
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(n));
    EXPECT_EQ(problem_of(rows, true).empty(), changes_nothing) << row;
  }
}

TEST(DequeLinkTable, EachCopyOfAGrowthIsNeeded) {
  for (const std::string_view site : {"DF15b", "DF15c"}) {
    std::vector<step_row> rows = deque_steps();
    std::erase_if(rows, [&](const step_row& r) { return r.site == site; });
    EXPECT_NE(problem_of(rows, true), "") << site;
  }
}

TEST(DequeLinkTable, EachStepOfARowIsNeeded) {
  for (std::size_t n = 0; n < deque_steps().size(); ++n) {
    for (std::size_t i = 0; i < deque_steps()[n].steps.size(); ++i) {
      std::vector<step_row> rows = deque_steps();
      const std::string step(rows[n].steps[i]);
      rows[n].steps.erase(rows[n].steps.begin() + static_cast<std::ptrdiff_t>(i));
      if (rows[n].steps.empty()) continue;  // as without the row
      EXPECT_NE(problem_of(rows, false), "") << step;
    }
  }
}

TEST(DequeLinkTable, EachStepWithoutAnAccessIsNeeded) {
  for (const std::string_view step : {"push.room_by_cache", "push.refuse"}) {
    std::vector<step_row> rows = deque_steps();
    for (step_row& r : rows) {
      if (r.before == step) r.before = "";
    }
    EXPECT_NE(problem_of(rows, false), "") << step;
  }
}

// The other way round: no step of the machine is one that the code never takes.
TEST(DequeLinkTable, TheCodeTakesEveryStepOfTheMachine) {
  std::set<std::string> taken;
  for (const recorded& r : recordings()) {
    deque_replay replay(deque_steps(), r.model.capacity, r.model.words);
    for (const execution_trace& t : r.traces) replay.run(t);
    taken.insert(replay.steps_taken().begin(), replay.steps_taken().end());
  }
  for (const deque::transition& t : deque::transitions) {
    EXPECT_EQ(taken.count(t.name), 1u) << t.name;
  }
}

// A deque with a mistake is no run of the machine, and the first difference is named.
template <template <class, class, class> class Model, deque_models::mistake Mistake>
std::string problem_of_mistake(number capacity) {
  using program = Model<env_checker, deque_fence_orders, deque_models::deque_with<Mistake>>;
  return each_trace(model::check<program>, {}, false, [&](const execution_trace& t) {
           return deque_replay(deque_steps(), capacity).run(t);
         }).problem;
}

TEST(DequeLink, AMistakeOfTheCodeIsNoRun) {
  using deque_models::mistake;
  EXPECT_NE((problem_of_mistake<deque_models::publication, mistake::buffer_before_bottom>(2))
                .find("DF13 steal.load_buffer: the machine cannot take steal.load_buffer"),
            std::string::npos);
  EXPECT_NE((problem_of_mistake<deque_models::publication, mistake::bottom_before_top>(2))
                .find("DF12 steal.load_bottom: the machine cannot take"),
            std::string::npos);
  EXPECT_NE((problem_of_mistake<deque_models::publication, mistake::slot_read_after_cas>(2))
                .find("DF14 steal.cas_top: the machine cannot take steal.cas_top"),
            std::string::npos);
  EXPECT_NE((problem_of_mistake<deque_models::last_item, mistake::last_without_cas>(2)), "");
}

// Weaker orders have executions that the machine has not: here one whose seq_cst fence is weakened
// to acq_rel sees an old end of the deque after a new other one.
TEST(DequeLink, AWeakerOrderOfTheCodeIsNoRun) {
  const linked_model m = deque_models().at("last_item_twice");
  for (const char* row : {"DF7", "DF11"}) {
    model::options o;
    o.overrides = {{row, order::acq_rel, {}}};
    const replayed r = each_trace(m.check, o, false, [&](const execution_trace& t) {
      return deque_replay(deque_steps(), m.capacity).run(t);
    });
    EXPECT_NE(r.problem, "") << row;
  }
}

execution_trace some_trace() { return recordings().front().traces.front(); }

TEST(DequeLink, AValueThatTheMachineHasNotIsAProblem) {
  const linked_model& m = recordings().front().model;
  deque_replay replay(deque_steps(), m.capacity);
  ASSERT_EQ(replay.run(some_trace()), "");
  int changed = 0;
  for (std::size_t n = 0; n < some_trace().steps.size(); ++n) {
    execution_trace t = some_trace();
    if (t.steps[n].location < 0 || t.steps[n].site.find("DF13 ") == 0 ||
        t.steps[n].site.find("DF15 ") == 0 || t.steps[n].site.find("size") != std::string::npos) {
      continue;  // pointers are compared by what they were read from
    }
    (model::writes(t.steps[n].kind) ? t.steps[n].written : t.steps[n].read) += 77;
    EXPECT_NE(replay.run(t), "") << t.steps[n].site;
    ++changed;
  }
  EXPECT_GT(changed, 10);
}

TEST(DequeLink, AnExecutionWithoutARunIsAProblem) {
  execution_trace t = some_trace();
  t.machine_run = false;
  EXPECT_NE(deque_replay(deque_steps(), 2).run(t), "");
}

}  // namespace
}  // namespace wyn::link
