// The processor time of workers that have nothing to do: of these threads alone, by their own
// clocks, in nanoseconds, for 30 seconds. What the process itself spends on being measured is not
// in it, unlike in the workload `idle` of bench/compare.
#include <benchmark/benchmark.h>
#include <dirent.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <map>
#include <thread>

#include "core/runtime/runtime.h"

namespace wyn::bench {
namespace {

// The clock of a thread of this process: what pthread_getcpuclockid computes, for a number.
clockid_t clock_of(pid_t thread) { return (~static_cast<clockid_t>(thread) << 3) | 6; }

// Nanoseconds of processor time of every thread but the calling one.
std::map<pid_t, double> times_of_others() {
  std::map<pid_t, double> times;
  DIR* const tasks = opendir("/proc/self/task");
  if (tasks == nullptr) return times;
  while (const dirent* entry = readdir(tasks)) {
    const pid_t thread = std::atoi(entry->d_name);
    timespec t{};
    if (thread <= 0 || thread == gettid() || clock_gettime(clock_of(thread), &t) != 0) continue;
    times[thread] = static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
  }
  closedir(tasks);
  return times;
}

void idle_workers(benchmark::State& state) {
  constexpr std::chrono::duration<double> duration = std::chrono::seconds(30);
  const auto workers = static_cast<unsigned>(state.range(0));
  runtime rt({.workers = workers});
  for (auto _ : state) {
    // Each worker has run something, and has gone back to sleep.
    std::atomic<unsigned> met{0};
    for (unsigned i = 0; i < workers; ++i) {
      rt.spawn([&] {
        met.fetch_add(1);
        while (met < workers) std::this_thread::yield();
      });
    }
    while (met < workers) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));

    const auto before = times_of_others();
    std::this_thread::sleep_for(duration);
    double ns = 0;
    double ns_until_asleep = 0;
    for (const auto& [thread, time] : before) ns_until_asleep += time;
    for (const auto& [thread, time] : times_of_others()) ns += time - before.at(thread);
    if (before.size() != workers) state.SkipWithError("not as many threads as workers");
    if (ns_until_asleep <= 0) state.SkipWithError("the clocks of threads tell nothing here");
    state.counters["cpu_ns_until_asleep"] = ns_until_asleep;  // that the clocks do count
    state.counters["cpu_ns_idle"] = ns;
    state.counters["percent_of_a_core"] = ns / (duration.count() * 1e9) * 100;
  }
}
BENCHMARK(idle_workers)
    ->ArgName("workers")
    ->Arg(1)
    ->Arg(2)
    ->Arg(16)
    ->UseRealTime()
    ->Iterations(1)
    ->Unit(benchmark::kSecond);

}  // namespace
}  // namespace wyn::bench

BENCHMARK_MAIN();
