#include "bench/harness/machine.h"

#include <fmt/format.h>
#include <sched.h>
#include <sys/utsname.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <thread>
#include <vector>

#include "bench/harness/numbers.h"

namespace wyn::bench {

namespace {

using clock = std::chrono::steady_clock;

// Nanoseconds a call, the best of several tries: what the hardware takes when it is left alone.
template <class F>
double best_of(int tries, int calls, F f) {
  double best = 1e18;
  for (int i = 0; i < tries; ++i) {
    const auto from = clock::now();
    for (int c = 0; c < calls; ++c) f();
    const std::chrono::duration<double, std::nano> took = clock::now() - from;
    best = std::min(best, took.count() / calls);
  }
  return best;
}

std::string cpu_model() {
  std::ifstream in("/proc/cpuinfo");
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("model name", 0) == 0 && line.find(": ") != std::string::npos) {
      return line.substr(line.find(": ") + 2);
    }
  }
  utsname name{};
  uname(&name);
  return name.machine;
}

std::string kernel_release() {
  utsname name{};
  uname(&name);
  return std::string(name.sysname) + " " + name.release + " " + name.machine;
}

std::string today() {
  const std::time_t now = std::time(nullptr);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&now));
  return text;
}

std::vector<int> usable_cpus() {
  cpu_set_t set;
  CPU_ZERO(&set);
  std::vector<int> cpus;
  if (sched_getaffinity(0, sizeof set, &set) == 0) {
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
      if (CPU_ISSET(cpu, &set)) cpus.push_back(cpu);
    }
  }
  return cpus;
}

void pin_to(int cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  sched_setaffinity(0, sizeof set, &set);
}

// Two threads on two cores write one variable in turn.
double round_trip(int one, int other) {
  constexpr int trips = 20000, tries = 5;
  alignas(128) std::atomic<int> turn{0};
  const auto play = [&](int cpu, int first) {
    pin_to(cpu);
    for (int i = 0; i < trips; ++i) {
      while (turn.load(std::memory_order_acquire) != 2 * i + first) {
      }
      turn.store(2 * i + first + 1, std::memory_order_release);
    }
  };
  double best = 1e18;
  for (int i = 0; i < tries; ++i) {
    turn = 0;
    std::thread answering(play, other, 1);
    double took = 0;
    std::thread asking([&] {
      const auto from = clock::now();
      play(one, 0);
      took = std::chrono::duration<double, std::nano>(clock::now() - from).count();
    });
    asking.join();
    answering.join();
    best = std::min(best, took / trips);
  }
  return best;
}

}  // namespace

int usable_cores() { return std::max<int>(1, static_cast<int>(usable_cpus().size())); }

machine_facts inspect_machine() {
  machine_facts m;
  m.cpu = cpu_model();
  m.kernel = kernel_release();
#if defined(__clang__)
  m.compiler = "clang " __clang_version__;
#else
  m.compiler = "gcc " __VERSION__;
#endif
  m.date = today();
  m.cores = usable_cores();
  double load[1] = {0};
  if (getloadavg(load, 1) == 1) m.load = load[0];
#if defined(__OPTIMIZE__) && defined(NDEBUG)
  m.optimised = true;
#endif
#if defined(__x86_64__)
  m.mfence_ns = best_of(20, 2000, [] { asm volatile("mfence" ::: "memory"); });
#endif
  std::atomic<int> counter{0};
  m.locked_rmw_ns = best_of(20, 2000, [&] { counter.fetch_add(1, std::memory_order_seq_cst); });
  const std::vector<int> cpus = usable_cpus();
  if (cpus.size() >= 2) m.round_trip_ns = round_trip(cpus[0], cpus[1]);
  return m;
}

std::string costs_of(const machine_facts& m) {
  const auto optional_ns = [](const std::optional<double>& ns) {
    return ns ? short_ns(*ns) + " ns" : "not measured";
  };
  return fmt::format("mfence {}, locked increment {} ns, cache line round trip {}",
                     optional_ns(m.mfence_ns), short_ns(m.locked_rmw_ns),
                     optional_ns(m.round_trip_ns));
}

std::string as_lines(const machine_facts& m, const std::string& command) {
  std::string text = fmt::format("{}, {} cores usable, {}, {}, {}\n", m.cpu, m.cores, m.kernel,
                                 m.compiler, m.date);
  text += fmt::format("{}, load {:.2f}\n", costs_of(m), m.load);
  if (!m.optimised) text += fmt::format("NOT OPTIMISED: run with `{}`\n", command);
  return text;
}

}  // namespace wyn::bench
