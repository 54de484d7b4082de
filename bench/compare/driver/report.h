// What a comparison found; the tables, the page and the JSON are views of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/harness/machine.h"
#include "bench/harness/statistics.h"

namespace wyn::bench::compare {

/// One system at one workload. Values are in the unit of its table.
struct row {
  std::string system, version;
  int workers = 0;
  spread value;
  spread cpu_ns;     ///< processor time of a repetition, of the whole process
  double first = 0;  ///< median over processes of the first repetition, memory cold
  std::size_t repetitions = 0;
  std::size_t wrong_answers = 0;
  std::int64_t peak_bytes = 0;
};

/// All systems at one workload and size.
struct table {
  std::string workload, title, what, unit;
  std::size_t size = 0, grain = 0;
  double divisor = 1;  ///< from a time in nanoseconds to a value: the number of tasks, say
  std::vector<row> rows;
  std::vector<std::string> missing;  ///< systems that are present and do not have this workload

  const row* find(const std::string& system, int workers) const;
  /// Whether processor time a value says something: not of a latency, or of memory.
  bool timed() const { return unit == "ms" || unit.rfind("ns", 0) == 0; }
  /// The system with the least median among those that are neither ours nor the baseline. Null if
  /// there is none.
  const row* best_peer(int workers) const;
  /// The best of ours, likewise.
  const row* best_of_ours(int workers) const;
};

struct report {
  machine_facts machine;
  std::vector<table> tables;
  std::vector<std::string> absent;    ///< "NAME (why)"
  std::vector<std::string> failures;  ///< what a system that is present did not survive
  unsigned seed = 0;
  int batches = 0;

  /// The numbers of workers that were measured, ascending.
  std::vector<int> workers() const;
  /// Every answer is right, and our own system did not fail.
  bool good() const;
};

}  // namespace wyn::bench::compare
