// The command line of the benchmark.
#pragma once

#include <filesystem>

#include "bench/spawn/driver/measure.h"

namespace wyn::bench {

struct options {
  plan what;
  std::filesystem::path json, svg;
};

/// False when there is nothing to measure: help was printed (`status` 0), or the command line is
/// wrong and a message says how (`status` 2).
bool parse(int argc, char** argv, options& o, int& status);

}  // namespace wyn::bench
