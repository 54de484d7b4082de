// The command line of the comparison.
#pragma once

#include <filesystem>

#include "bench/compare/driver/measure.h"

namespace wyn::bench::compare {

struct options {
  plan what;
  std::filesystem::path json, html;
  std::filesystem::path from;      ///< show this recorded run and measure nothing
  std::filesystem::path markdown;  ///< a page whose tables are made anew
};

/// False when there is nothing to measure: help was printed (`status` 0), or the command line is
/// wrong and a message says how (`status` 2).
bool parse(int argc, char** argv, options& o, int& status);

}  // namespace wyn::bench::compare
