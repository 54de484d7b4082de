// Every execution of the task pool's models is a run of the machine of its proof, for each heap in
// it, with every conjunct of the invariant in every state; and each row of the table that links the
// two is needed for that.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "models/task_pool/all_models.h"
#include "proofs/link/link_testing.h"
#include "proofs/link/task_pool_replay.h"

namespace wyn::link {
namespace {

using model::execution_trace;
using model::trace_order;
using orders = task_heap_default_orders;

// Golden counts are those of models/task_pool/pool_model_test.cc.
struct linked_model {
  std::uint64_t executions;
  task_pool_replay::place_test is_place;
};

template <bool Guarded>
bool is_place(std::uint64_t address) {
  using layout = task_pool_models::small_layout<env_checker, Guarded>;
  using heap = task_heap<env_checker, orders, layout>;
  constexpr std::uint64_t places = layout::slab_bytes / layout::slot_bytes;
  const std::uint64_t place = address % layout::slab_bytes / layout::slot_bytes;
  return address % layout::slot_bytes == 0 && place >= places - heap::slots_per_slab();
}

const std::map<std::string, linked_model>& linked_models() {
  static const std::map<std::string, linked_model> models = {
      {"both_ways", {11, is_place<false>}},
      {"remote_return", {86, is_place<false>}},
      {"remote_return_guarded", {218, is_place<true>}},
      {"return_and_reuse", {28, is_place<false>}},
      {"return_in_turn", {34, is_place<false>}},
      {"three_returns", {3012, is_place<false>}},
      {"two_allocators", {3, is_place<false>}},
  };
  return models;
}

// The machine has no trim and no end of a heap.
const std::set<std::string> left_out = {"destroy_after_return", "destroy_after_return_guarded",
                                        "shared_cap", "trim_after_return"};

struct recorded {
  std::string name;
  std::vector<execution_trace> traces;
};

const std::vector<recorded>& recordings() {
  static const std::vector<recorded> all = [] {
    std::vector<recorded> result;
    for (auto& [name, check] : task_pool_models::all_models<orders>()) {
      if (left_out.count(name) != 0 || name == "three_returns") continue;
      recorded r{name, {}};
      each_trace(
          check, {}, trace_order::machine_lowest_first,
          [&](const execution_trace& t) {
            r.traces.push_back(t);
            return std::string();
          },
          true);
      result.push_back(std::move(r));
    }
    return result;
  }();
  return all;
}

std::string problem_of(const std::vector<pool_row>& rows, bool pass_over_unknown_sites) {
  for (const recorded& r : recordings()) {
    task_pool_replay replay(rows, linked_models().at(r.name).is_place);
    if (pass_over_unknown_sites) replay.pass_over_unknown_sites();
    for (const execution_trace& t : r.traces) {
      const std::string problem = replay.run(t);
      if (!problem.empty()) return r.name + ", " + problem + "\n" + model::to_text(t);
    }
  }
  return {};
}

TEST(TaskPoolLink, EveryExecutionIsARunOfTheMachine) {
  std::uint64_t executions = 0, states = 0;
  const auto all = task_pool_models::all_models<orders>();
  for (const auto& [name, m] : linked_models()) {
    for (const trace_order order :
         {trace_order::machine_lowest_first, trace_order::machine_highest_first}) {
      task_pool_replay replay(task_pool_steps(), m.is_place);
      EXPECT_EQ(problem_of_all(
                    all.at(name), m.executions, order,
                    [&](const execution_trace& t) { return replay.run(t); }, true),
                "")
          << name;
      states += replay.states();
    }
    executions += m.executions;
  }
  std::printf("%llu executions, each in 2 orders; %llu states, %zu conjuncts each\n",
              static_cast<unsigned long long>(executions), static_cast<unsigned long long>(states),
              std::size(task_pool::invariant));
}

TEST(TaskPoolLink, NoModelIsLeftOutInSilence) {
  for (const auto& [name, check] : task_pool_models::all_models<orders>()) {
    EXPECT_NE(linked_models().count(name), left_out.count(name)) << name;
  }
}

TEST(TaskPoolLinkTable, IsEnough) { EXPECT_EQ(problem_of(task_pool_steps(), false), ""); }

TEST(TaskPoolLinkTable, EachRowIsMet) {
  expect_each_row_is_met<pool_row>(task_pool_steps(), problem_of);
}

// A use by somebody who has seen the last one changes nothing that a later step asks for; it has an
// obligation.
TEST(TaskPoolLinkTable, EachRowThatIsAStepIsNeeded) {
  expect_each_step_row_is_needed<pool_row>(task_pool_steps(), problem_of, {"use"});
}

TEST(TaskPoolLinkTable, EachStepIsNeeded) {
  expect_each_step_is_needed<pool_row>(task_pool_steps(), problem_of);
}

TEST(TaskPoolLink, TheCodeTakesEveryStepOfTheMachine) {
  std::set<std::string> taken;
  for (const recorded& r : recordings()) {
    task_pool_replay replay(task_pool_steps(), linked_models().at(r.name).is_place);
    for (const execution_trace& t : r.traces) replay.run(t);
    taken.insert(replay.steps_taken().begin(), replay.steps_taken().end());
  }
  for (const auto& t : task_pool::transitions) EXPECT_EQ(taken.count(t.name), 1u) << t.name;
}

// The steps of a trace that a machine step stands for, but for uses, which change nothing.
bool has_a_step(const execution_trace& t, std::size_t n) {
  const model::trace_step& s = t.steps[n];
  if (s.thread == model::trace_step::main_thread) return false;
  if (!s.beside) return s.site.find("return.") != std::string::npos;
  return s.beside == model::side_step_kind::plain_write && s.written > 4096;  // a link
}

TEST(TaskPoolLink, AnotherValueIsAProblem) {
  int changed = 0;
  for (const recorded& r : recordings()) {
    task_pool_replay replay(task_pool_steps(), linked_models().at(r.name).is_place);
    for (const execution_trace& right : r.traces) {
      for (std::size_t n = 0; n < right.steps.size(); ++n) {
        if (!has_a_step(right, n)) continue;
        execution_trace t = right;
        // What a return's load or failed compare-exchange reads may be anything.
        if (!t.steps[n].beside && !model::writes(t.steps[n].kind)) continue;
        t.steps[n].written += 8;
        EXPECT_NE(replay.run(t), "") << model::to_text(t);
        ++changed;
      }
    }
  }
  EXPECT_GT(changed, 100);
}

TEST(TaskPoolLink, AnExecutionWithoutOneOfItsStepsIsAProblem) {
  int left = 0;
  for (const recorded& r : recordings()) {
    task_pool_replay replay(task_pool_steps(), linked_models().at(r.name).is_place);
    for (const execution_trace& right : r.traces) {
      for (std::size_t n = 0; n < right.steps.size(); ++n) {
        if (!has_a_step(right, n)) continue;
        execution_trace t = right;
        t.steps.erase(t.steps.begin() + static_cast<std::ptrdiff_t>(n));
        EXPECT_NE(replay.run(t), "") << n << "\n" << model::to_text(right);
        ++left;
      }
    }
  }
  EXPECT_GT(left, 100);
}

}  // namespace
}  // namespace wyn::link
