// What `bazel run //bench/simulation` does: workloads and numbers of threads, as shipped and with
// one thing changed at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "bench/simulation/experiment.h"

namespace wyn::simulation {

/// One thing changed against the runtime as it is.
struct variant {
  std::string name;
  std::string what;  ///< in a sentence
  std::function<void(experiment&)> change;
};

/// The first is the runtime as shipped.
const std::vector<variant>& variants();

struct study {
  std::vector<workload> workloads = {workload::ring, workload::deque, workload::tree,
                                     workload::burst};
  std::vector<int> threads = {1, 2, 4, 8, 16, 32, 64, 128};
  std::vector<double> task_ns = {1000, 10'000};
  std::vector<std::string> variants;  ///< by name; empty: all
  experiment base;                    ///< what is not varied
  int seeds = 3;                      ///< runs of each point; the median of their speed-ups counts
};

/// A point of a curve.
struct point {
  workload what;
  double task_ns = 0;
  std::string variant;
  int threads = 0;
  double least = 0, most = 0;  ///< speed-ups over the seeds
  outcome median;              ///< the run with the median speed-up
};

struct study_result {
  study asked;
  std::vector<point> points;
};

/// Calls progress(number, all, what) before each point. Throws std::invalid_argument for an unknown
/// variant.
study_result run(const study& s,
                 const std::function<void(int, int, const std::string&)>& progress);

std::string as_table(const study_result& r);
std::string as_json(const study_result& r);
/// A page of its own: curves, and what the threads waited for.
std::string as_page(const study_result& r);

}  // namespace wyn::simulation
