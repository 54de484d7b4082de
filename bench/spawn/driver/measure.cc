#include "bench/spawn/driver/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <stdexcept>

#include "bench/harness/batch.h"

namespace wyn::bench {

namespace {

using nlohmann::json;

// A row on its way.
struct cell {
  const contender* what;
  int workers;
  task_kind task;
  std::size_t tasks;
  std::vector<double> wall, cpu, first;
  std::int64_t executed_once = -1, peak_bytes = 0;
  std::string version;
  bool failed = false;
};

// Cells that are compared with each other.
using group = std::vector<cell>;

std::string label(const contender& s, int workers, task_kind task, std::size_t tasks) {
  return fmt::format("{}, {} worker{}, {}, {} tasks", s.name, workers, workers == 1 ? "" : "s",
                     name_of(task), tasks);
}

int repetitions_for(std::size_t tasks) {
  if (tasks <= 10'000) return 30;
  if (tasks <= 100'000) return 15;
  if (tasks <= 1'000'000) return 5;
  return tasks <= 10'000'000 ? 2 : 1;
}

std::vector<std::string> command(const plan& p, const contender& s, int workers, task_kind task,
                                 std::size_t tasks) {
  const int repetitions = p.repetitions > 0 ? p.repetitions : repetitions_for(tasks);
  return {s.path,
          fmt::format("--workers={}", workers),
          fmt::format("--task={}", name_of(task)),
          fmt::format("--tasks={}", tasks),
          fmt::format("--repetitions={}", repetitions),
          fmt::format("--warmup={}", tasks < 1'000'000 ? 3 : 1),
          fmt::format("--seconds={}", p.seconds)};
}

// The counts of an answer, checked: a peer that counts less often than it runs proves nothing.
std::int64_t fewest_executed(const json& answer) {
  const auto counts = answer.at("executed_once").get<std::vector<std::int64_t>>();
  if (counts.empty()) throw std::runtime_error("it did not count what was executed");
  return *std::min_element(counts.begin(), counts.end());
}

void absorb(cell& c, const json& answer) {
  const double n = static_cast<double>(c.tasks);
  const auto wall = answer.at("wall_ns").get<std::vector<double>>();
  const auto cpu = answer.at("cpu_ns").get<std::vector<double>>();
  if (wall.empty() || wall.size() != cpu.size()) throw std::runtime_error("it measured nothing");
  if (answer.at("tasks").get<std::size_t>() != c.tasks ||
      answer.at("workers").get<int>() != c.workers || answer.at("task") != name_of(c.task)) {
    throw std::runtime_error("it measured something else than it was asked");
  }
  const std::int64_t executed = fewest_executed(answer);
  for (const double t : wall) c.wall.push_back(t / n);
  for (const double t : cpu) c.cpu.push_back(t / n);
  c.first.push_back(answer.at("first_wall_ns").get<double>() / n);
  c.executed_once = c.executed_once < 0 ? executed : std::min(c.executed_once, executed);
  c.peak_bytes = std::max(c.peak_bytes, answer.at("peak_rss_bytes").get<std::int64_t>());
  c.version = answer.at("version").get<std::string>();
}

row finish(const cell& c) {
  return {c.what->name,  c.version,         c.workers,        c.task,
          c.tasks,       spread_of(c.wall), spread_of(c.cpu), spread_of(c.first).median,
          c.wall.size(), c.executed_once,   c.peak_bytes};
}

class measuring {
 public:
  measuring(const plan& p, const progress& say) : plan_(p), say_(say), random_(p.seed) {
    result_.seed = p.seed;
    result_.batches = p.batches;
    for (const contender& s : p.systems) {
      if (!s.present()) result_.absent.push_back(fmt::format("{} ({})", s.name, s.absent_because));
    }
    for (const int workers : p.workers) {
      for (const std::size_t tasks : p.tasks) {
        for (const task_kind kind : p.kinds) add_group(workers, kind, tasks);
      }
    }
    note_left_out();
    count_processes();
  }

  report run() {
    result_.machine = inspect_machine();
    for (int batch = 0; batch < plan_.batches; ++batch) {
      for_each_shuffled(groups_, random_, [this](cell& c) { run_cell(c); });
    }
    for (const group& g : groups_) {
      for (const cell& c : g) {
        if (!c.failed) result_.rows.push_back(finish(c));
      }
    }
    for (const std::size_t tasks : plan_.queued) {
      for (const contender& s : plan_.systems) {
        if (queues(s, tasks)) queue(s, tasks);
      }
    }
    return std::move(result_);
  }

 private:
  void add_group(int workers, task_kind kind, std::size_t tasks) {
    group g;
    for (const contender& s : plan_.systems) {
      if (!s.present() || !s.offers(kind) || tasks > s.most_tasks) continue;
      g.push_back({&s, workers, kind, tasks, {}, {}, {}, -1, 0, "", false});
    }
    if (!g.empty()) groups_.push_back(std::move(g));
  }

  static bool queues(const contender& s, std::size_t tasks) {
    return s.present() && s.offers(task_kind::queued) && tasks <= s.most_tasks;
  }

  void note_left_out() {
    for (const contender& s : plan_.systems) {
      const bool some = std::any_of(plan_.tasks.begin(), plan_.tasks.end(),
                                    [&](std::size_t tasks) { return tasks > s.most_tasks; });
      if (s.present() && some) {
        result_.left_out.push_back(fmt::format("{} above {} tasks", s.name, s.most_tasks));
      }
    }
  }

  void count_processes() {
    for (const group& g : groups_) total_ += plan_.batches * static_cast<int>(g.size());
    for (const contender& s : plan_.systems) {
      for (const std::size_t tasks : plan_.queued) total_ += queues(s, tasks) ? 1 : 0;
    }
  }

  // One process. What goes wrong ends this cell, not the benchmark.
  void run_cell(cell& c) {
    if (c.failed) return;
    c.failed = !ask(*c.what, c.workers, c.task, c.tasks, [&](const json& a) { absorb(c, a); });
  }

  void queue(const contender& s, std::size_t tasks) {
    ask(s, 1, task_kind::queued, tasks, [&](const json& a) {
      result_.memory.push_back({s.name, a.at("version").get<std::string>(), tasks,
                                a.at("queued_bytes").get<std::int64_t>(),
                                a.at("still_queued").get<std::int64_t>(),
                                a.at("peak_rss_bytes").get<std::int64_t>(), fewest_executed(a)});
    });
  }

  template <class Use>
  bool ask(const contender& s, int workers, task_kind task, std::size_t tasks, Use use) {
    const std::string what = label(s, workers, task, tasks);
    if (say_) say_(++done_, total_, what);
    const std::string problem =
        ask_program(command(plan_, s, workers, task, tasks), plan_.timeout_seconds, use);
    if (problem.empty()) return true;
    result_.failures.push_back(what + ": " + problem);
    return false;
  }

  const plan& plan_;
  const progress& say_;
  std::mt19937 random_;
  std::vector<group> groups_;
  report result_;
  int done_ = 0, total_ = 0;
};

}  // namespace

report measure(const plan& p, const progress& say) { return measuring(p, say).run(); }

}  // namespace wyn::bench
