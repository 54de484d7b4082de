#include "bench/spawn/peer/peer.h"

#include <time.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <vector>

#include "bench/harness/resident.h"

namespace wyn::bench {

namespace {

using clock = std::chrono::steady_clock;

struct options {
  int workers = 1;
  task_kind kind = task_kind::mark;
  std::size_t tasks = 10000;
  int repetitions = 10;
  int warmup = 1;
  double seconds = 1e9;  // no further repetition begins after this
};

struct result {
  std::vector<std::int64_t> wall_ns, cpu_ns, executed_once;
  std::int64_t first_wall_ns = 0;
  std::int64_t queued_bytes = 0, still_queued = 0;
};

std::int64_t cpu_now() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1'000'000'000LL + t.tv_nsec;
}

options parse(CLI::App& app, int argc, char** argv) {
  options o;
  std::string kind = "mark";
  app.add_option("--workers", o.workers, "threads that run tasks at once")
      ->check(CLI::Range(1, 4096));
  app.add_option("--task", kind, "what a task does");
  app.add_option("--tasks", o.tasks, "tasks a repetition")
      ->check(CLI::Range(std::size_t{1}, std::size_t{10'000'000'000}));
  app.add_option("--repetitions", o.repetitions, "timed repetitions")
      ->check(CLI::Range(1, 1'000'000));
  app.add_option("--warmup", o.warmup, "untimed repetitions before them")
      ->check(CLI::Range(0, 1000));
  app.add_option("--seconds", o.seconds, "no repetition begins after this time");
  app.parse(argc, argv);
  if (!task_kind_named(kind, o.kind))
    throw CLI::ValidationError("--task", "no task '" + kind + "'");
  return o;
}

class measurement {
 public:
  measurement(peer& system, const options& o)
      : system_(system), options_(o), bytes_(o.tasks), begin_(clock::now()) {}

  result run() {
    if (options_.kind == task_kind::queued) {
      queue();
    } else {
      for (int i = 0; i < options_.warmup; ++i) {
        const std::int64_t wall = repetition().first;
        if (i == 0) result_.first_wall_ns = wall;
      }
      for (int i = 0; i < options_.repetitions && (i == 0 || !late()); ++i) {
        const auto [wall, cpu] = repetition();
        if (options_.warmup == 0 && i == 0) result_.first_wall_ns = wall;
        result_.wall_ns.push_back(wall);
        result_.cpu_ns.push_back(cpu);
      }
      // Empty tasks leave no trace: the same instantiation is run with the function that marks.
      if (options_.kind == task_kind::empty) repetition(task_kind::mark);
    }
    return std::move(result_);
  }

 private:
  bool late() const {
    return std::chrono::duration<double>(clock::now() - begin_).count() > options_.seconds;
  }

  job prepared(task_kind kind) {
    std::fill(bytes_.begin(), bytes_.end(), std::uint8_t{0});
    job work;
    work.kind = kind;
    work.function = kind == task_kind::empty ? opaque_empty() : opaque_mark();
    work.bytes = bytes_.data();
    work.count = bytes_.size();
    return work;
  }

  std::pair<std::int64_t, std::int64_t> repetition() { return repetition(options_.kind); }

  std::pair<std::int64_t, std::int64_t> repetition(task_kind kind) {
    const job work = prepared(kind);
    const std::int64_t cpu = cpu_now();
    const auto from = clock::now();
    system_.run(work);
    const auto to = clock::now();
    const std::int64_t cpu_used = cpu_now() - cpu;
    if (kind != task_kind::empty) result_.executed_once.push_back(ones());
    return {std::chrono::nanoseconds(to - from).count(), cpu_used};
  }

  void queue() {
    job work = prepared(task_kind::mark);
    const std::int64_t before = resident_bytes();
    work.spawned = [&] {
      result_.queued_bytes = resident_bytes() - before;
      result_.still_queued =
          std::count(bytes_.begin(), bytes_.end(), std::uint8_t{0});  // one worker: nobody runs
    };
    system_.run(work);
    result_.executed_once.push_back(ones());
  }

  std::int64_t ones() const { return std::count(bytes_.begin(), bytes_.end(), std::uint8_t{1}); }

  peer& system_;
  const options& options_;
  std::vector<std::uint8_t> bytes_;
  const clock::time_point begin_;
  result result_;
};

void print(const peer& system, const options& o, const result& r) {
  nlohmann::json line = {{"system", system.name()},
                         {"version", system.version()},
                         {"workers", o.workers},
                         {"task", name_of(o.kind)},
                         {"tasks", o.tasks},
                         {"wall_ns", r.wall_ns},
                         {"cpu_ns", r.cpu_ns},
                         {"executed_once", r.executed_once},
                         {"first_wall_ns", r.first_wall_ns},
                         {"peak_rss_bytes", peak_resident_bytes()}};
  if (o.kind == task_kind::queued) {
    line["queued_bytes"] = r.queued_bytes;
    line["still_queued"] = r.still_queued;
  }
  std::puts(line.dump().c_str());
}

}  // namespace

int peer_main(int argc, char** argv, peer& system) {
  CLI::App app{"Measures " + system.name() + "; run by //bench:spawn."};
  options o;
  try {
    o = parse(app, argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e);
  }
  if (!system.offers(o.kind)) {
    std::fprintf(stderr, "%s has no task of kind '%s'\n", system.name().c_str(),
                 std::string(name_of(o.kind)).c_str());
    return 2;
  }
  if (o.kind == task_kind::queued && o.workers != 1) {
    std::fputs("--task=queued needs --workers=1: another worker would run what is queued\n",
               stderr);
    return 2;
  }
  try {
    result r;
    system.inside({o.workers, o.tasks}, [&] { r = measurement(system, o).run(); });
    print(system, o, r);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s: %s\n", system.name().c_str(), e.what());
    return 1;
  }
  return 0;
}

}  // namespace wyn::bench
