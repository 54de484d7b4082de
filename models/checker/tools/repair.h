// Which stronger orders repair a program that fails.
//
//     const repair_report r = repair(program_of<message_passing>());
//     std::cout << r.text();  // fix  flag.store -> release removes it (x86: free; Arm: stlr). ...
//
// First every site at its strongest: if that does not help, no order does, and the fault is
// elsewhere. Then each site alone; if none is enough, all pairs, those that cost least on x86
// first, as far as tool_options::max_pair_checks goes; if none is, one set from which nothing can
// be left out. Each change is as weak as it can be. A set is a repair when all executions of the
// program so changed pass, or, as it then says, when none fails up to a bound.
//
// As a switch of every MODEL_TEST: options::repair (gtest.h); the result is the `fix` line of the
// report.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/checker/tools/order_steps.h"
#include "models/checker/tools/program_set.h"
#include "models/checker/tools/sites.h"

namespace wyn::model {

/// A site and the stronger order for it.
struct repaired_site {
  met_site site;
  order_change change;
  order_cost cost;
};

/// Changes that together repair the program, and none of which can be left out or be weaker.
struct repair_set {
  std::vector<repaired_site> changes;
  bool bounded = false;  ///< no failure as far as was explored

  /// "flag.store -> release (x86: free; Arm: stlr)".
  std::string text() const;
};

struct repair_report {
  verdict failing;      ///< the program as it is
  std::string problem;  ///< why there is no repair; empty when there is one
  std::vector<repair_set> sets;  ///< those that cost least first
  /// Sites that were tried at their strongest, alone, and are not enough.
  std::vector<std::string> not_enough;
  /// When no site is enough alone: pairs of sites, and those that were tried at their strongest.
  std::uint64_t all_pairs = 0;
  std::uint64_t tried_pairs = 0;
  std::uint64_t checks = 0;

  /// What a report says after "fix": sentences, a line each.
  std::vector<std::string> fix_lines() const;
  std::string text() const;
  std::string json() const;
};

/// Explores `p` as it is, then with stronger orders. Blocks as long as it takes; throws nothing.
repair_report repair(const program& p, const tool_options& o = {});

/// `failing`, with what was found in the `fix` line of its report.
verdict with_fix(const repair_report& found);

}  // namespace wyn::model
