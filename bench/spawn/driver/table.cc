#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

#include "bench/harness/numbers.h"
#include "bench/spawn/driver/output.h"
#include "bench/spawn/driver/systems.h"

namespace wyn::bench {

namespace {

using out = std::back_insert_iterator<std::string>;

constexpr double mebibyte = 1024.0 * 1024.0;

std::string ratio(const report& r, const row& line) {
  const row* ours = r.find(our_name, line.workers, line.task, line.tasks);
  if (ours == nullptr || ours->wall.median <= 0) return "-";
  const double x = line.wall.median / ours->wall.median;
  return x < 9.95 ? fmt::format("{:.1f}x", x) : fmt::format("{:.0f}x", x);
}

void heading(const row& first, out to) {
  fmt::format_to(to, "\n{} worker{}, {} tasks\n", first.workers, first.workers == 1 ? "" : "s",
                 grouped(first.tasks));
  fmt::format_to(to, "  {:<11}{:<21}{:>8}{:>9}{:>9}{:>9}{:>9}{:>8}{:>14}{:>9}\n", "task", "system",
                 "ns: min", "median", "max", "CPU", "first", "x wyn", "executed once", "peak MiB");
}

void line(const report& r, const row& x, out to) {
  fmt::format_to(to, "  {:<11}{:<21}{:>8}{:>9}{:>9}{:>9}{:>9}{:>8}{:>14}{:>9.1f}{}\n",
                 name_of(x.task), x.system + " " + x.version, short_ns(x.wall.min),
                 short_ns(x.wall.median), short_ns(x.wall.max), short_ns(x.cpu.median),
                 short_ns(x.first), ratio(r, x), grouped(static_cast<std::size_t>(x.executed_once)),
                 static_cast<double>(x.peak_bytes) / mebibyte, x.exact() ? "" : "  <- WRONG");
}

// Workers and sizes ascending, then the kind of task, then the fastest first.
std::vector<row> in_order(std::vector<row> rows) {
  std::sort(rows.begin(), rows.end(), [](const row& a, const row& b) {
    return std::tie(a.workers, a.tasks, a.task, a.wall.median, a.system) <
           std::tie(b.workers, b.tasks, b.task, b.wall.median, b.system);
  });
  return rows;
}

void memory_table(const report& r, out to) {
  if (r.memory.empty()) return;
  fmt::format_to(
      to, "\nMemory with tasks queued, 1 worker: growth of resident memory at the last spawn\n");
  fmt::format_to(to, "  {:>10}  {:<21}{:>10}{:>14}{:>10}{:>14}\n", "tasks", "system", "B a task",
                 "still queued", "peak MiB", "executed once");
  for (const memory_row& m : r.memory) {
    fmt::format_to(to, "  {:>10}  {:<21}{:>10.1f}{:>14}{:>10.1f}{:>14}{}\n", grouped(m.tasks),
                   m.system + " " + m.version,
                   static_cast<double>(m.queued_bytes) / static_cast<double>(m.tasks),
                   grouped(static_cast<std::size_t>(m.still_queued)),
                   static_cast<double>(m.peak_bytes) / mebibyte,
                   grouped(static_cast<std::size_t>(m.executed_once)),
                   m.exact() ? "" : "  <- WRONG");
  }
}

void list(const char* title, const std::vector<std::string>& lines, out to) {
  for (const std::string& text : lines) fmt::format_to(to, "{}: {}\n", title, text);
}

constexpr const char* notes =
    "\nk workers: k threads run tasks at once, the thread that spawns and then waits included.\n"
    "mark: each task raises its own byte, and bytes that are exactly 1 are counted after every\n"
    "repetition. empty: the same call of a function that does nothing; the count is that of one "
    "more\n"
    "repetition with mark. from_task: mark, spawned by a task. closure (24 bytes), unique_ptr,\n"
    "string: what the task captures.\n"
    "first: the first repetition of a process, memory cold. CPU: of the whole process, median.\n"
    "libgomp queues at most 64 tasks a thread and runs the rest at once, inside the spawn.\n"
    "wyn queues every task; of more than 4,194,304 it queues 1,048,576 and runs the rest inline.\n"
    "std::thread and std::async cannot be told k: they are held to k processors.\n";

bool has(const report& r, const char* name) {
  return std::any_of(r.rows.begin(), r.rows.end(), [&](const row& x) { return x.system == name; });
}

// The comparison that the benchmark exists for, in one line each.
void go_lines(const report& r, out to) {
  if (!has(r, our_name) || !has(r, "Go")) return;
  fmt::format_to(to, "\nTimes Go's median, the same run, the same number of workers:\n");
  for (const row& go : in_order(r.rows)) {
    if (go.system != "Go" || go.task != task_kind::mark) continue;
    const row* ours = r.find(our_name, go.workers, go.task, go.tasks);
    if (ours == nullptr) continue;
    fmt::format_to(to, "  {} worker{} {:>9} tasks: {:>7.1f}\n", go.workers,
                   go.workers == 1 ? ", " : "s,", grouped(go.tasks),
                   go.wall.median / ours->wall.median);
  }
}

}  // namespace

std::string as_table(const report& r) {
  std::string text;
  const out to = std::back_inserter(text);
  fmt::format_to(to, "{}", as_lines(r.machine, "bazel run -c opt //bench:spawn"));
  const row* before = nullptr;
  const std::vector<row> rows = in_order(r.rows);
  for (const row& x : rows) {
    if (before == nullptr || before->workers != x.workers || before->tasks != x.tasks)
      heading(x, to);
    line(r, x, to);
    before = &x;
  }
  memory_table(r, to);
  go_lines(r, to);
  fmt::format_to(to, "{}", notes);
  list("absent", r.absent, to);
  list("left out", r.left_out, to);
  list("FAILED", r.failures, to);
  return text;
}

}  // namespace wyn::bench
