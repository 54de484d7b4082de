// The machine, as far as it explains the numbers.
#pragma once

#include <optional>
#include <string>

namespace wyn::bench {

struct machine_facts {
  std::string cpu, kernel, compiler, date;
  int cores = 0;                        ///< that this process may use
  double load = 0;                      ///< mean number of runnable threads in the minute before
  bool optimised = false;               ///< built with -c opt
  std::optional<double> mfence_ns;      ///< x86 only
  double locked_rmw_ns = 0;             ///< an uncontended atomic increment
  std::optional<double> round_trip_ns;  ///< of a cache line between two cores, if there are two
};

/// Reads and measures; takes some 50 ms.
machine_facts inspect_machine();

/// What an mfence, a locked increment and the round trip of a cache line cost, in a few words.
std::string costs_of(const machine_facts& m);

/// Two lines for a terminal, and a third that names `command` if this is no optimised build.
std::string as_lines(const machine_facts& m, const std::string& command);

/// Processors that this process may use.
int usable_cores();

}  // namespace wyn::bench
