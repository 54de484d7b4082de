#include "bench/checker/subjects.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <stdexcept>

#include "bench/checker/instruction_counter.h"
#include "bench/checker/programs.h"
#include "models/checker/checker.h"

namespace wyn::bench {

namespace {

double cpu_seconds() {
  // Of the thread: a check has a timer of its own, and with one the clock of the process is coarse.
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// getrusage() would give that of the process that started this one, where it is larger.
std::uint64_t peak_bytes() {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("VmHWM:", 0) == 0) return std::stoull(line.substr(6)) * 1024;
  }
  return 0;
}

template <class Program>
measured_check run(int repetitions, int jobs) {
  measured_check best;
  best.wall_s = best.cpu_s = 1e30;
  instruction_counter counter;
  for (int i = 0; i < repetitions; ++i) {
    const double wall = wall_seconds();
    const double cpu = cpu_seconds();
    counter.start();
    const model::verdict v = model::check<Program>({.jobs = jobs, .max_events = 20000});
    const std::optional<std::uint64_t> instructions = counter.stop();
    best.cpu_s = std::min(best.cpu_s, cpu_seconds() - cpu);
    best.wall_s = std::min(best.wall_s, wall_seconds() - wall);
    if (v.kind != model::verdict_kind::pass) throw std::runtime_error(v.report);
    if (instructions && (!best.instructions || *instructions < *best.instructions)) {
      best.instructions = instructions;
    }
    best.executions = v.executions;
  }
  best.peak_bytes = peak_bytes();
  return best;
}

template <int Threads, int Events>
subject chain() {
  return {"single_execution_" + std::to_string(Threads) + "_" + std::to_string(Events), 1,
          &run<single_execution<Threads, Events>>};
}

}  // namespace

const std::vector<subject>& subjects() {
  static const std::vector<subject> all = {
      {"empty", 1, &run<empty>},
      {"store_buffering", 4, &run<store_buffering>},
      {"fib_bench_4", 34205, &run<fib_bench<4>>},
      {"fib_bench", 525630, &run<fib_bench<5>>},
      {"chase_lev_2_2_2", 348, &run<chase_lev<2, 2, 2>>},
      {"chase_lev_3_3_3", 42268, &run<chase_lev<3, 3, 3>>},
      chain<1, 10>(),
      chain<1, 100>(),
      chain<1, 1000>(),
      chain<1, 10000>(),
      chain<2, 1000>(),
      chain<4, 1000>(),
      chain<8, 1000>(),
      chain<8, 10000>(),
  };
  return all;
}

const subject& subject_named(const std::string& name) {
  for (const subject& s : subjects()) {
    if (s.name == name) return s;
  }
  throw std::invalid_argument("no program '" + name + "'");
}

}  // namespace wyn::bench
