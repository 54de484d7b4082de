// Runs a program to its end and collects what it says.
#pragma once

#include <string>
#include <vector>

namespace wyn::bench {

struct finished {
  bool ok = false;     ///< ended by itself with status 0
  std::string output;  ///< its standard output
  std::string reason;  ///< if not ok: how it ended, and the last line of its standard error
};

/// Blocks until the program ends; after `timeout_seconds` it is killed and not ok. Never throws for
/// what the program does. One call at a time in a process.
finished run_program(const std::vector<std::string>& command, double timeout_seconds);

}  // namespace wyn::bench
