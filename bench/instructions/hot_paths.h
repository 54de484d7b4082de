// The paths of the runtime that every task takes, for counting their instructions.
#pragma once

#include <span>
#include <string_view>

#include "bench/instructions/single_step.h"

namespace wyn::bench {

struct hot_path {
  std::string_view name;
  std::string_view what;  ///< one operation, in words
  double operations;      ///< in one run
  /// Does them within the region; false when the result is wrong.
  bool (*run)(const counted_region&);
};

std::span<const hot_path> hot_paths();

struct path_count {
  step_failure failure = step_failure::none;
  double instructions = 0;  ///< of one operation
};
path_count count_path(const hot_path& path);

}  // namespace wyn::bench
