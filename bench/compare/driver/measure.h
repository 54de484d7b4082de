// Runs the systems, alternately, and gathers their answers.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bench/compare/driver/catalogue.h"
#include "bench/compare/driver/contenders.h"
#include "bench/compare/driver/report.h"
#include "bench/harness/effort.h"

namespace wyn::bench::compare {

struct plan : effort {
  plan() : effort{.batches = 5, .repetitions = 30, .seconds = 0.3} {}

  std::vector<contender> systems;  ///< those absent are named in the report
  std::vector<test_case> cases;
  std::vector<int> workers;
};

/// Called before each process with its number, the number of all, and what it measures.
using progress = std::function<void(int, int, const std::string&)>;

/// In each batch, rows that are compared with each other run one after the other, in random order,
/// each in a process of its own: what the machine does meanwhile hits all of them alike.
report measure(const plan& p, const progress& say);

}  // namespace wyn::bench::compare
