// What a busy worker loses while another worker of its runtime is woken and parks, N times a
// second. Whoever parks has a heavy fence before it sleeps, which interrupts every thread of the
// process that runs; with WYN_NO_MEMBARRIER=1 in the environment nobody is interrupted.
//
// Windows with wake-ups and without take turns, so that what the machine does meanwhile hits both.
// In the latter the waking thread has its own timer all the same, and spawns nothing. The busy
// worker has a processor of its own.
#include <benchmark/benchmark.h>
#include <sched.h>
#include <sys/prctl.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

#include "bench/harness/statistics.h"
#include "core/runtime/runtime.h"

namespace wyn::bench {
namespace {

using clock = std::chrono::steady_clock;
using nanoseconds = std::chrono::duration<double, std::nano>;

constexpr auto window = std::chrono::milliseconds(20);
constexpr int pairs_of_windows = 50;

// Two processors that this process may use; false where there are not two.
bool two_processors(int (&cpus)[2]) {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) != 0) return false;
  int found = 0;
  for (int cpu = 0; cpu < CPU_SETSIZE && found < 2; ++cpu) {
    if (CPU_ISSET(cpu, &set)) cpus[found++] = cpu;
  }
  return found == 2;
}

// For the calling thread and those that it starts; gives back at the end what was before.
class on_processor {
 public:
  explicit on_processor(int cpu) {
    sched_getaffinity(0, sizeof before_, &before_);
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    sched_setaffinity(0, sizeof set, &set);
  }
  ~on_processor() { sched_setaffinity(0, sizeof before_, &before_); }

 private:
  cpu_set_t before_;
};

// A thread outside that spawns an empty task, for a worker that sleeps, at each tick.
class waker {
 public:
  waker(runtime& rt, std::chrono::nanoseconds tick)
      : thread_([this, &rt, tick] {
          prctl(PR_SET_TIMERSLACK, 1);
          for (auto next = clock::now(); !over_; next += tick) {
            std::this_thread::sleep_until(next);
            if (wakes_) rt.spawn([this] { runs_.fetch_add(1); });
          }
        }) {}
  ~waker() {
    over_ = true;
    thread_.join();
  }
  void wake(bool yes) { wakes_ = yes; }
  std::uint64_t runs() const { return runs_; }

 private:
  std::atomic<bool> over_{false};
  std::atomic<bool> wakes_{false};
  std::atomic<std::uint64_t> runs_{0};
  std::thread thread_;
};

// Nanoseconds for a unit of work: some hundred additions that depend on each other.
double ns_a_unit() {
  std::uint64_t units = 0;
  std::uint64_t sum = 0;
  const auto from = clock::now();
  auto to = from;
  while (to - from < window) {
    for (int i = 0; i < 1000; ++i) {
      sum += units;
      asm volatile("" : "+r"(sum));
    }
    ++units;
    to = clock::now();
  }
  return nanoseconds(to - from).count() / static_cast<double>(units);
}

struct rates {
  std::vector<double> quiet, disturbed, lost;  // ns a unit; the part of the time that was lost
  double wakes_a_second = 0;
};

rates measure(waker& w) {
  rates r;
  const auto window_of = [&](bool wakes) {
    w.wake(wakes);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return ns_a_unit();
  };
  const auto from = w.runs();
  double seconds = 0;
  for (int i = 0; i < pairs_of_windows; ++i) {
    r.quiet.push_back(window_of(false));
    const auto began = clock::now();
    r.disturbed.push_back(window_of(true));
    seconds += nanoseconds(clock::now() - began).count() / 1e9;
    r.lost.push_back(1 - r.quiet.back() / r.disturbed.back());
  }
  w.wake(false);
  r.wakes_a_second = static_cast<double>(w.runs() - from) / seconds;
  return r;
}

void busy_worker_beside_one_that_parks(benchmark::State& state) {
  int cpus[2];
  if (!two_processors(cpus)) {
    state.SkipWithError("needs two processors");
    return;
  }
  const on_processor others(cpus[1]);
  const auto tick = std::chrono::nanoseconds(std::int64_t{1'000'000'000} / state.range(0));
  runtime rt({.workers = 2});
  waker w(rt, tick);
  for (auto _ : state) {
    rates r;
    std::atomic<bool> over{false};
    rt.spawn([&] {
      const on_processor mine(cpus[0]);
      r = measure(w);
      over = true;
      over.notify_one();
    });
    over.wait(false);
    const double lost = spread_of(r.lost).median;
    state.SetIterationTime(spread_of(r.disturbed).median / 1e9);
    state.counters["without_ns"] = spread_of(r.quiet).median;
    state.counters["wakes_a_second"] = r.wakes_a_second;
    state.counters["lost_percent"] = lost * 100;
    state.counters["lost_us_a_wake"] = lost * 1e6 / r.wakes_a_second;
  }
}
BENCHMARK(busy_worker_beside_one_that_parks)
    ->ArgName("wakes_a_second")
    ->Arg(100)
    ->Arg(1000)
    ->Arg(5000)
    ->Arg(20000)
    ->UseManualTime()
    ->Iterations(1);

}  // namespace
}  // namespace wyn::bench

BENCHMARK_MAIN();
