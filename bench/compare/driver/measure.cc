#include "bench/compare/driver/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <stdexcept>

#include "bench/harness/batch.h"

namespace wyn::bench::compare {

namespace {

using nlohmann::json;

// A row on its way.
struct cell {
  const contender* system;
  const test_case* what;
  int workers;
  std::vector<double> values, cpu_ns, first;
  std::size_t wrong = 0;
  std::int64_t peak_bytes = 0;
  bool failed = false;
};

// Cells that are compared with each other.
using group = std::vector<cell>;

std::string label(const cell& c) {
  return fmt::format("{}, {} worker{}, {} {}", c.system->name, c.workers, c.workers == 1 ? "" : "s",
                     c.what->what->name, c.what->size);
}

// A latency is that of one event, which takes little time and varies much.
constexpr int events_in_a_repetition = 10;

std::vector<std::string> command(const plan& p, const cell& c) {
  const bool once = measured_once(c.what->what->kind);
  const int more = c.what->what->kind == measure_kind::latency ? events_in_a_repetition : 1;
  return {c.system->path,
          fmt::format("--workload={}", c.what->what->name),
          fmt::format("--size={}", c.what->size),
          fmt::format("--grain={}", c.what->grain),
          fmt::format("--workers={}", c.workers),
          fmt::format("--repetitions={}", once ? 1 : p.repetitions * more),
          fmt::format("--warmup={}", once ? 0 : 1),
          fmt::format("--seconds={}", p.seconds * more)};
}

// A peer that answers less often than it runs proves nothing.
void absorb(cell& c, const json& answer) {
  const auto values = answer.at("values").get<std::vector<double>>();
  const auto cpu = answer.at("cpu_ns").get<std::vector<double>>();
  const auto answers = answer.at("answers").get<std::vector<std::uint64_t>>();
  if (values.empty() || values.size() != cpu.size()) {
    throw std::runtime_error("it measured nothing");
  }
  if (answers.size() < values.size()) throw std::runtime_error("it has fewer answers than values");
  if (answer.at("workload") != c.what->what->name ||
      answer.at("size").get<std::size_t>() != c.what->size ||
      answer.at("grain").get<std::size_t>() != c.what->grain ||
      answer.at("workers").get<int>() != c.workers) {
    throw std::runtime_error("it measured something else than it was asked");
  }
  for (const double v : values) c.values.push_back(v / c.what->divisor);
  c.cpu_ns.insert(c.cpu_ns.end(), cpu.begin(), cpu.end());
  c.first.push_back(answer.at("first").get<double>() / c.what->divisor);
  c.wrong += answers.size() -
             static_cast<std::size_t>(std::count(answers.begin(), answers.end(), c.what->answer));
  c.peak_bytes = std::max(c.peak_bytes, answer.at("peak_rss_bytes").get<std::int64_t>());
}

row finish(const cell& c) {
  return {c.system->name,      c.system->version,         c.workers,       spread_of(c.values),
          spread_of(c.cpu_ns), spread_of(c.first).median, c.values.size(), c.wrong,
          c.peak_bytes};
}

class measuring {
 public:
  measuring(const plan& p, const progress& say) : plan_(p), say_(say), random_(p.seed) {
    result_.seed = p.seed;
    result_.batches = p.batches;
    for (const contender& s : p.systems) {
      if (!s.present()) result_.absent.push_back(fmt::format("{} ({})", s.name, s.absent_because));
    }
    for (const test_case& c : p.cases) add_case(c);
    for (const group& g : groups_) total_ += p.batches * static_cast<int>(g.size());
  }

  report run() {
    result_.machine = inspect_machine();
    for (int batch = 0; batch < plan_.batches; ++batch) {
      for_each_shuffled(groups_, random_, [this](cell& c) { run_cell(c); });
    }
    for (const group& g : groups_) {
      for (const cell& c : g) {
        if (!c.failed) table_of(*c.what).rows.push_back(finish(c));
      }
    }
    return std::move(result_);
  }

 private:
  static bool has(const contender& s, const test_case& c) {
    const bool too_many = c.what->kind == measure_kind::time_per_task &&
                          c.divisor > static_cast<double>(s.most_tasks);
    return s.present() && s.workloads.count(c.what->name) != 0 && !too_many;
  }

  void add_case(const test_case& c) {
    table t;
    t.workload = c.what->name;
    t.title = c.what->title;
    t.what = c.what->what;
    t.unit = unit_of(c.what->kind);
    t.size = c.size;
    t.grain = c.grain;
    t.divisor = c.divisor;
    for (const contender& s : plan_.systems) {
      const bool bare = s.name == baseline_name;
      if (s.present() && !bare && !has(s, c)) t.missing.push_back(s.name);
    }
    result_.tables.push_back(t);
    if (one_worker_only(c.what->kind)) return add_group(c, 1);
    for (const int k : plan_.workers) add_group(c, k);
  }

  // Serial code runs beside the smallest number of workers only, and is of one.
  void add_group(const test_case& c, int workers) {
    const int fewest = one_worker_only(c.what->kind)
                           ? workers
                           : *std::min_element(plan_.workers.begin(), plan_.workers.end());
    group g;
    for (const contender& s : plan_.systems) {
      const bool serial = s.name == baseline_name && !bare_threads_do(c.what->kind);
      if (!has(s, c) || (serial && workers != fewest)) continue;
      g.push_back({&s, &c, serial ? 1 : workers, {}, {}, {}});
    }
    if (!g.empty()) groups_.push_back(std::move(g));
  }

  // One process. What goes wrong ends this cell, not the benchmark.
  void run_cell(cell& c) {
    if (say_) say_(++done_, total_, label(c));
    if (c.failed) return;
    const std::string problem = ask_program(command(plan_, c), plan_.timeout_seconds,
                                            [&](const json& answer) { absorb(c, answer); });
    if (problem.empty()) return;
    c.failed = true;
    result_.failures.push_back(label(c) + ": " + problem);
  }

  table& table_of(const test_case& c) {
    return *std::find_if(result_.tables.begin(), result_.tables.end(), [&](const table& t) {
      return t.workload == c.what->name && t.size == c.size && t.grain == c.grain;
    });
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

}  // namespace wyn::bench::compare
