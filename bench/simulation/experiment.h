// One run of the simulation: a workload on a number of threads, and what came of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/simulation/machine.h"
#include "bench/simulation/memory.h"
#include "bench/simulation/pool.h"

namespace wyn::simulation {

enum class workload : unsigned char {
  ring,   ///< a foreign thread spawns all tasks, one by one: they are taken from its ring in blocks
  deque,  ///< a task spawns all tasks, one by one: they are stolen from its deque
  tree,   ///< each task spawns two, down to the leaves, which do the work
  busy,   ///< the same, but that task waits for the others: they are stolen from a busy owner
  burst,  ///< everybody sleeps; then one task for each thread comes at once, again and again
};
enum class deque_kind : unsigned char { fence, biased };

/// "ring", and so on.
const char* name_of(workload w);
const char* name_of(deque_kind d);

struct experiment {
  workload what = workload::tree;
  deque_kind deque = deque_kind::biased;
  int threads = 2;            ///< that run tasks, the one that waits included
  double task_ns = 1000;      ///< of work in each task (tree: in each leaf)
  std::uint64_t tasks = 0;    ///< 0: so many that each thread has about half a millisecond of work
  policy how;
  simulation::machine where;
  std::uint64_t seed = 1;
};

struct outcome {
  std::uint64_t tasks = 0;
  double elapsed_ns = 0;
  double speedup = 0;         ///< the work of all tasks, over the time that it took
  pool_counts counts;
  std::uint64_t heavy_fences = 0;
  std::uint64_t wakes = 0;
  std::vector<line_traffic> traffic;  ///< the most waited for first
};

/// Throws std::runtime_error if a task is lost or runs twice, std::invalid_argument if the
/// experiment makes no sense.
outcome run(const experiment& e);

}  // namespace wyn::simulation
