// What a run of the benchmark found; the table, the JSON and the picture are views of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/harness/machine.h"
#include "bench/harness/statistics.h"
#include "bench/spawn/peer/job.h"

namespace wyn::bench {

/// One system doing one thing. Times in nanoseconds a task.
struct row {
  std::string system, version;
  int workers = 0;
  task_kind task = task_kind::mark;
  std::size_t tasks = 0;
  spread wall, cpu;
  double first = 0;  ///< median over processes of the first repetition a process ran
  std::size_t repetitions = 0;
  std::int64_t executed_once = 0;  ///< the smallest number any repetition had
  std::int64_t peak_bytes = 0;

  bool exact() const { return executed_once == static_cast<std::int64_t>(tasks); }
};

/// Memory with tasks queued and nobody running them.
struct memory_row {
  std::string system, version;
  std::size_t tasks = 0;
  std::int64_t queued_bytes = 0;  ///< growth of resident memory from before the first spawn
  std::int64_t still_queued = 0;  ///< tasks that had not run when it was read
  std::int64_t peak_bytes = 0;    ///< of the whole process
  std::int64_t executed_once = 0;

  bool exact() const { return executed_once == static_cast<std::int64_t>(tasks); }
};

struct report {
  machine_facts machine;
  std::vector<row> rows;
  std::vector<memory_row> memory;
  std::vector<std::string> absent;    ///< "NAME (why)"
  std::vector<std::string> left_out;  ///< systems not run at some number of tasks, and why
  std::vector<std::string> failures;  ///< what a system that is present did not survive
  unsigned seed = 0;
  int batches = 0;

  const row* find(const std::string& system, int workers, task_kind task, std::size_t tasks) const;
  /// Every row's count is right, and our own system did not fail.
  bool good() const;
};

}  // namespace wyn::bench
