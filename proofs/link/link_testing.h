// What a link between code and a machine has to show, whatever the machine: all executions of the
// models, counted, are runs; each row of the table is met and needed; the code takes every step.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/checker/checker.h"
#include "models/checker/tools/trace.h"
#include "models/matrix/matrix.h"

namespace wyn::link {

struct replayed {
  model::verdict verdict;
  std::uint64_t traces = 0;
  std::string problem;  ///< the first one, with its trace
};

/// All traces of a model go to `use`, whose answer is a problem or empty.
template <class Use>
replayed each_trace(const models::model_run& check, model::options o, model::trace_order order,
                    Use use, bool with_side_steps = false) {
  replayed result;
  model::trace_recorder recorder(
      [&](const model::execution_trace& t) {
        ++result.traces;
        if (!result.problem.empty()) return;
        result.problem = use(t);
        if (!result.problem.empty()) result.problem += "\n" + model::to_text(t);
      },
      order, with_side_steps);
  o.watched_by = &recorder;
  result.verdict = check(o);
  return result;
}

/// The same of a model that passes, with its golden number of executions: a problem or empty.
template <class Use>
std::string problem_of_all(const models::model_run& check, std::uint64_t executions,
                           model::trace_order order, Use use, bool with_side_steps = false) {
  const replayed r = each_trace(check, {}, order, use, with_side_steps);
  if (r.verdict.kind != model::verdict_kind::pass) return r.verdict.report;
  if (r.traces != executions || r.verdict.executions != executions) {
    return std::to_string(r.traces) + " traces of " + std::to_string(r.verdict.executions) +
           " executions, and the golden count is " + std::to_string(executions);
  }
  return r.problem;
}

/// The first problem of a replay of enough traces by `rows`, or empty; accesses without a row are
/// passed over, or are a problem.
template <class Row>
using replay_by_rows = std::function<std::string(const std::vector<Row>& rows, bool pass_over)>;

template <class Row>
std::string text_of(const Row& row) {
  return std::string(row.site) + (row.steps.empty() ? "" : " " + std::string(row.steps.front()));
}

template <class Row>
void expect_each_row_is_met(const std::vector<Row>& all, const replay_by_rows<Row>& problem_of) {
  for (std::size_t n = 0; n < all.size(); ++n) {
    std::vector<Row> rows = all;
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(n));
    EXPECT_NE(problem_of(rows, false).find("no row of the table"), std::string::npos)
        << text_of(all[n]);
  }
}

/// Even if the accesses of a missing row are passed over: the machine is then out of step. But for
/// rows whose step changes nothing.
template <class Row>
void expect_each_step_row_is_needed(const std::vector<Row>& all,
                                    const replay_by_rows<Row>& problem_of,
                                    const std::vector<std::string_view>& changing_nothing) {
  for (std::size_t n = 0; n < all.size(); ++n) {
    if (all[n].steps.empty()) continue;
    std::vector<Row> rows = all;
    bool changes_nothing = false;
    for (const std::string_view step : changing_nothing) {
      changes_nothing = changes_nothing || all[n].steps.front() == step;
    }
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(n));
    EXPECT_EQ(problem_of(rows, true).empty(), changes_nothing) << text_of(all[n]);
  }
}

/// Without one of several steps of a row, or without a step that has no access of its own.
template <class Row>
void expect_each_step_is_needed(const std::vector<Row>& all,
                                const replay_by_rows<Row>& problem_of) {
  std::vector<std::string_view> before;
  for (std::size_t n = 0; n < all.size(); ++n) {
    before.insert(before.end(), all[n].before.begin(), all[n].before.end());
    for (std::size_t i = 0; i < all[n].steps.size() && all[n].steps.size() > 1; ++i) {
      std::vector<Row> rows = all;
      rows[n].steps.erase(rows[n].steps.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_NE(problem_of(rows, false), "") << all[n].steps[i];
    }
  }
  for (const std::string_view step : before) {
    std::vector<Row> rows = all;
    for (Row& r : rows) {
      std::erase(r.before, step);
    }
    EXPECT_NE(problem_of(rows, false), "") << step;
  }
}

}  // namespace wyn::link
