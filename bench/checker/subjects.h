// The programs by name, and one measured check of each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wyn::bench {

/// What one process measured: minima over its repetitions.
struct measured_check {
  std::uint64_t executions = 0;
  double wall_s = 0;
  double cpu_s = 0;
  std::optional<std::uint64_t> instructions;  ///< where the processor's counter may be read
  std::uint64_t peak_bytes = 0;               ///< largest resident size of the process
};

struct subject {
  std::string name;
  std::uint64_t executions;  ///< the number that must come out
  measured_check (*run)(int repetitions, int jobs);
};

const std::vector<subject>& subjects();

/// Throws std::invalid_argument for a name that no subject has.
const subject& subject_named(const std::string& name);

}  // namespace wyn::bench
