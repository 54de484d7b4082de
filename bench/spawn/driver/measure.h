// Runs the systems, alternately, and gathers their answers.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bench/harness/effort.h"
#include "bench/spawn/driver/report.h"
#include "bench/spawn/driver/systems.h"

namespace wyn::bench {

/// With 0 repetitions: as many as the number of tasks suggests.
struct plan : effort {
  plan() : effort{.batches = 3, .repetitions = 0, .seconds = 1} {}

  std::vector<contender> systems;  ///< those absent are named in the report
  std::vector<int> workers;
  std::vector<std::size_t> tasks;
  std::vector<task_kind> kinds;
  std::vector<std::size_t> queued;  ///< numbers of tasks to measure queued memory at
};

/// Called before each process with its number, the number of all, and what it measures.
using progress = std::function<void(int, int, const std::string&)>;

/// In each batch, rows that are compared with each other run one after the other, in random order,
/// each in a process of its own: what the machine does meanwhile hits all of them alike.
report measure(const plan& p, const progress& say);

}  // namespace wyn::bench
