#include "bench/spawn/driver/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <random>
#include <stdexcept>

#include "bench/harness/command_line.h"
#include "bench/harness/files.h"

namespace wyn::bench {

namespace {

std::vector<task_kind> kinds_named(const std::vector<std::string>& names) {
  std::vector<task_kind> kinds;
  for (const std::string& name : names) {
    task_kind kind{};
    if (!task_kind_named(name, kind) || kind == task_kind::queued) {
      throw CLI::ValidationError(
          "--task",
          "no task '" + name + "': mark, empty, from_task, closure, unique_ptr or string");
    }
    kinds.push_back(kind);
  }
  return kinds;
}

std::vector<contender> chosen_systems(const std::vector<std::string>& names,
                                      const std::vector<std::string>& given) {
  std::vector<contender> chosen = systems_named(known_contenders(), names);
  for (const std::string& definition : given) {
    try {
      chosen.push_back(given_contender(definition));
    } catch (const std::invalid_argument& e) {
      throw CLI::ValidationError(e.what());
    }
  }
  return chosen;
}

// What is typed, before it is understood.
struct typed {
  std::vector<std::string> systems, given;
  std::vector<std::string> kinds = {"mark",    "empty",      "from_task",
                                    "closure", "unique_ptr", "string"};
  std::string json, svg;
  bool memory = true;
};

void set_defaults(plan& p) {
  p.tasks = {10'000, 100'000, 1'000'000};
  p.queued = {1'000'000, 1'100'000};
  p.workers = {1};
  if (usable_cores() > 1) p.workers.push_back(usable_cores());
  p.seed = std::random_device{}();
}

void add_matrix(CLI::App& app, plan& p, typed& t) {
  const auto counts = CLI::Range(std::size_t{1}, std::size_t{10'000'000'000});
  app.add_option("--tasks", p.tasks, "tasks a repetition, one or several")
      ->delimiter(',')
      ->check(counts);
  app.add_option("--workers", p.workers, "threads that run tasks at once, the waiting one included")
      ->delimiter(',')
      ->check(CLI::Range(1, 4096));
  app.add_option("--task", t.kinds, "mark, empty, from_task, closure, unique_ptr, string")
      ->delimiter(',');
  app.add_option("--systems", t.systems, "only these")->delimiter(',');
  app.add_option("--peer", t.given, "NAME=PROGRAM: one more that speaks the protocol");
  app.add_flag("--memory,!--no-memory", t.memory, "measure the memory of queued tasks");
  app.add_option("--queued", p.queued, "numbers of queued tasks to measure memory at")
      ->delimiter(',')
      ->check(counts);
}

void add_output(CLI::App& app, typed& t) {
  app.add_option("--json", t.json, "where to write the numbers; default bench/results/spawn.json");
  app.add_option("--svg", t.svg, "where to write the picture; default bench/results/spawn.svg");
}

}  // namespace

bool parse(int argc, char** argv, options& o, int& status) {
  CLI::App app{
      "Spawns tasks and waits for them, with this runtime and with its peers, in one run."};
  typed t;
  set_defaults(o.what);
  add_matrix(app, o.what, t);
  add_effort(app, o.what, "in each process; 0: by the number of tasks", 0);
  add_output(app, t);
  try {
    app.parse(argc, argv);
    if (!t.memory) o.what.queued.clear();
    o.what.kinds = kinds_named(t.kinds);
    o.what.systems = chosen_systems(t.systems, t.given);
  } catch (const CLI::ParseError& e) {
    status = app.exit(e) == 0 ? 0 : 2;
    return false;
  }
  o.json = t.json.empty() ? in_results("spawn.json") : as_typed(t.json);
  o.svg = t.svg.empty() ? in_results("spawn.svg") : as_typed(t.svg);
  return true;
}

}  // namespace wyn::bench
