// The programs that an ordering tool checks, and how much it may explore.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "models/checker/checker.h"

namespace wyn::model {

struct named_program {
  std::string name;
  program model;
};

/// "two_items" and its callbacks.
template <class Program>
named_program named(std::string name) {
  return {std::move(name), program_of<Program>()};
}

struct tool_options {
  /// Of every check that the tool makes. Its overrides are the program's own orders to the tool.
  options check = {};
  /// Executions of one check; beyond, its answer counts as bounded. 0: no bound.
  std::uint64_t max_executions = 1000000;
  /// Of necessity(): also two weakenings at a time, of those that survive alone.
  bool pairs = false;
  /// Checks that a tool spends on pairs; beyond, its answer says how many were tried. 0: no bound.
  std::uint64_t max_pair_checks = 1000;
};

namespace detail {

/// What one check of a tool came to.
struct probe {
  verdict answer;
  bool failed() const { return answer.kind == verdict_kind::fail; }
  bool bounded() const { return answer.kind == verdict_kind::bounded; }
  bool passed() const { return answer.kind == verdict_kind::pass; }
};

/// Checks `p` with further overrides, which go before those of `o`.
inline probe check_with(const program& p, const tool_options& o,
                        const std::vector<order_override>& overrides, observer* watcher = nullptr) {
  options changed = o.check;
  changed.overrides.insert(changed.overrides.end(), overrides.begin(), overrides.end());
  changed.watched_by = watcher;
  changed.lint_load_buffering = false;
  changed.checkpoint.clear();
  if (o.max_executions != 0 &&
      (changed.max_executions == 0 || changed.max_executions > o.max_executions)) {
    changed.max_executions = o.max_executions;
  }
  return {check(p, changed)};
}

/// A JSON string literal.
std::string quoted(const std::string& text);

}  // namespace detail
}  // namespace wyn::model
