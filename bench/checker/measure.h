// What is measured, and how: each check in a process of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bench/checker/subjects.h"
#include "bench/harness/machine.h"

namespace wyn::bench {

struct speed_row {
  std::string name;
  std::uint64_t executions = 0;
  double cpu_s = 0;  ///< of the check, an empty program's subtracted
  std::optional<double> instructions;  ///< for each execution
  double per_second() const { return static_cast<double>(executions) / cpu_s; }
};

struct memory_row {
  std::string name;
  std::uint64_t executions = 0;
  std::int64_t above_empty_bytes = 0;
};

struct event_cost_row {
  int threads = 0;
  int events = 0;
  double ns_per_event = 0;
};

/// One check by one thread and by two.
struct jobs_row {
  std::string name;
  std::uint64_t executions = 0;
  double one_s = 0, two_s = 0;  ///< wall time, the least of the rounds, which take turns
  double ratio() const { return one_s / two_s; }
};

/// A program that GenMC explored too; times without those of the empty program.
struct rival_row {
  std::string name;
  std::uint64_t executions = 0, rival_executions = 0;
  double cpu_s = 0, rival_cpu_s = 0;
  double ratio() const { return rival_cpu_s / cpu_s; }
};

struct checker_report {
  machine_facts machine;
  std::vector<speed_row> speed;
  std::string instructions_from;     ///< in words: who counted, or why nobody did
  double verdict_ms = 0;             ///< from the call of check() to its verdict: store_buffering
  double process_ms = 0;             ///< the same with the start and the end of a process
  std::vector<memory_row> memory;
  std::vector<event_cost_row> event_costs;
  std::vector<jobs_row> jobs;
  std::vector<rival_row> rivals;
  std::string rival;                 ///< "GenMC v0.11.0", or why it was not run
  std::vector<std::string> failures; ///< wrong counts, programs that did not run
};

struct plan {
  std::string self;                ///< this program, to be run once more for each check
  std::string sources;             ///< folder of the programs for GenMC
  std::string genmc;               ///< path of GenMC; empty: not run
  bool count_with_valgrind = true; ///< where the processor's counter is not available
  int rounds = 3;
  double timeout_s = 600;
};

/// Blocks for about a minute, and one more for GenMC. Never throws for what a program does.
checker_report measure(const plan& p);

/// The part of a child process: measures one subject and writes a line of JSON.
void measure_one(const std::string& name, int repetitions, int jobs);

/// For a terminal.
std::string as_table(const checker_report& r);
std::string as_json(const checker_report& r);

}  // namespace wyn::bench
