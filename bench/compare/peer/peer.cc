#include "bench/compare/peer/peer.h"

#include <time.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "bench/harness/resident.h"

namespace wyn::bench::compare {

namespace {

using clock = std::chrono::steady_clock;
using nlohmann::json;

struct options {
  request what;
  int repetitions = 10;
  int warmup = 1;
  double seconds = 1e9;  // no further repetition begins after this
  bool list = false;
};

struct result {
  std::vector<double> values, cpu_ns;
  std::vector<std::uint64_t> answers;
  double first = 0;
};

double cpu_now() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
}

options parse(CLI::App& app, int argc, char** argv) {
  options o;
  app.add_flag("--list", o.list, "print the name, the version and the workloads, and end");
  app.add_option("--workload", o.what.workload, "what to run");
  app.add_option("--size", o.what.size, "how much of it");
  app.add_option("--grain", o.what.grain, "how finely");
  app.add_option("--workers", o.what.workers, "threads that run tasks at once")
      ->check(CLI::Range(1, 4096));
  app.add_option("--repetitions", o.repetitions, "measured repetitions")
      ->check(CLI::Range(1, 1'000'000));
  app.add_option("--warmup", o.warmup, "repetitions before them")->check(CLI::Range(0, 1000));
  app.add_option("--seconds", o.seconds, "no repetition begins after this time");
  app.parse(argc, argv);
  return o;
}

// One repetition: its value, its processor time.
std::pair<double, double> repeat(workload& w, std::vector<std::uint64_t>& answers) {
  w.prepare();
  const double cpu = cpu_now();
  const auto from = clock::now();
  w.run();
  const auto to = clock::now();
  const double cpu_used = cpu_now() - cpu;
  answers.push_back(w.answer());
  const double wall = std::chrono::duration<double, std::nano>(to - from).count();
  return {w.value().value_or(wall), cpu_used};
}

result measure(workload& w, const options& o) {
  result r;
  const auto begin = clock::now();
  const auto late = [&] {
    return std::chrono::duration<double>(clock::now() - begin).count() > o.seconds;
  };
  for (int i = -o.warmup; i < o.repetitions && (i <= 0 || !late()); ++i) {
    const auto [value, cpu] = repeat(w, r.answers);
    if (i == -o.warmup) r.first = value;
    if (i < 0) continue;
    r.values.push_back(value);
    r.cpu_ns.push_back(cpu);
  }
  return r;
}

void list(peer& system) {
  json names = json::array();
  for (const offer& o : system.offers()) names.push_back(o.name);
  const json line = {
      {"system", system.name()}, {"version", system.version()}, {"workloads", names}};
  std::puts(line.dump().c_str());
}

void print(const peer& system, const request& q, const result& r) {
  const json line = {{"system", system.name()},
                     {"version", system.version()},
                     {"workload", q.workload},
                     {"size", q.size},
                     {"grain", q.grain},
                     {"workers", q.workers},
                     {"values", r.values},
                     {"cpu_ns", r.cpu_ns},
                     {"answers", r.answers},
                     {"first", r.first},
                     {"peak_rss_bytes", peak_resident_bytes()}};
  std::puts(line.dump().c_str());
}

int run(peer& system, const options& o) {
  const std::vector<offer> offers = system.offers();
  const auto at = std::find_if(offers.begin(), offers.end(),
                               [&](const offer& x) { return x.name == o.what.workload; });
  if (at == offers.end()) {
    std::fprintf(stderr, "%s has no workload '%s'; --list names them\n", system.name().c_str(),
                 o.what.workload.c_str());
    return 2;
  }
  result r;
  system.inside(o.what, [&] { r = measure(*at->make(o.what), o); });
  print(system, o.what, r);
  return 0;
}

}  // namespace

int compare_main(int argc, char** argv, peer& system) {
  CLI::App app{"Measures " + system.name() + "; run by //bench:compare."};
  options o;
  try {
    o = parse(app, argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;
  }
  try {
    if (!o.list) return run(system, o);
    list(system);
    return 0;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s: %s\n", system.name().c_str(), e.what());
    return 1;
  }
}

}  // namespace wyn::bench::compare
