// Which orders of a program are needed: every site that any execution meets, weakened by one step,
// one at a time.
//
//     const necessity_report r = necessity({named<two_items>("two_items")});
//     std::cout << r.text();
//
// Each weakening ends at the first program that fails under it, which so explains the order. One
// that no program fails under may be weakened as far as these programs go: the answer is as good as
// they are. It says when hardware may still need the order: when the weakening opens a pair for
// load buffering (load_buffering.h), which no execution of the explorer can show.
//
// Two orders that are each too strong may be needed together: tool_options::pairs also tries
// every two weakenings that survive alone, of different sites.
//
// Works on any program, code under wyn::check too, where sites are lines of the source.
// As switches of every MODEL_TEST: options::necessity and necessity_pairs (gtest.h).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/checker/tools/order_steps.h"
#include "models/checker/tools/program_set.h"
#include "models/checker/tools/sites.h"

namespace wyn::model {

enum class weakening_answer : unsigned char {
  killed,     ///< some program fails
  survives,   ///< every program that meets the site passes
  bounded,    ///< no program fails, and some exploration met a bound
  undecided,  ///< a program can no longer be checked: `message` says why
};

/// "killed", ...
const char* to_string(weakening_answer answer);

/// One weakening of a site.
struct tried_weakening {
  order_change change;
  weakening_answer answer = weakening_answer::undecided;
  std::string program;  ///< that fails, or cannot be checked
  model::failure failure = model::failure::none;
  std::string message;  ///< of its verdict
  std::string report;   ///< of its verdict: the execution
  /// Of one that survives: pairs for load buffering that the order has prevented.
  std::vector<std::string> load_buffering;
};

struct site_necessity {
  met_site site;
  std::vector<std::string> programs;     ///< that meet it
  std::vector<tried_weakening> tried;  ///< none: it has the weakest order already
};

/// Two weakenings that survive alone, and together do not.
struct needed_pair {
  std::string first;  ///< "DF7 pop.fence -> acq_rel"
  std::string second;
  tried_weakening together;  ///< killed or undecided; its `change` is that of the second
};

struct necessity_report {
  /// Why there is no table: a program fails as it is, or cannot be checked. Empty: all is well.
  std::string problem;
  std::vector<std::string> bounded_programs;  ///< whose exploration as they are met a bound
  std::vector<site_necessity> sites;
  std::uint64_t checks = 0;

  /// Of those asked for: all pairs of weakenings that survive alone, those that were tried, and
  /// those that do not survive.
  std::uint64_t all_pairs = 0;
  std::uint64_t tried_pairs = 0;
  std::vector<needed_pair> pairs;

  /// A table, one line a weakening; the same bytes in every process.
  std::string text() const;
  std::string json() const;
};

/// Explores the programs once as they are, then each weakening. Blocks for as long as it takes;
/// throws nothing.
necessity_report necessity(const std::vector<named_program>& programs, const tool_options& o = {});

}  // namespace wyn::model
