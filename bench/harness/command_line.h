// What the command lines of the comparisons have in common.
#pragma once

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <vector>

#include "bench/harness/effort.h"

namespace wyn::bench {

/// A number from `least` to `most`. CLI::Range takes what is not a number for one in the range.
CLI::Validator number_between(double least, double most);

/// `repetitions` says what their number means, and what 0 does if it is allowed.
void add_effort(CLI::App& app, effort& e, const std::string& repetitions, int fewest_repetitions);

/// Those of `known` that `names` asks for, in its order; all of them if it asks for none. Throws
/// CLI::ValidationError with the known names if there is no such system.
template <class Contender>
std::vector<Contender> systems_named(const std::vector<Contender>& known,
                                     const std::vector<std::string>& names) {
  if (names.empty()) return known;
  std::vector<Contender> chosen;
  for (const std::string& name : names) {
    const auto at = std::find_if(known.begin(), known.end(),
                                 [&](const Contender& s) { return s.name == name; });
    if (at == known.end()) {
      std::string all;
      for (const Contender& s : known) all += (all.empty() ? "" : ", ") + s.name;
      throw CLI::ValidationError("--systems", "no system '" + name + "': " + all);
    }
    chosen.push_back(*at);
  }
  return chosen;
}

}  // namespace wyn::bench
