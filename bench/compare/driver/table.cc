#include <fmt/format.h>

#include <iterator>

#include "bench/compare/driver/contenders.h"
#include "bench/compare/driver/output.h"
#include "bench/compare/driver/verdict.h"
#include "bench/harness/numbers.h"

namespace wyn::bench::compare {

namespace {

using out = std::back_insert_iterator<std::string>;

void line(const table& t, const row& x, out to) {
  const char* mark = x.wrong_answers != 0 ? "  <- WRONG"
                     : is_beaten(t, x)    ? "  <- beaten"
                     : is_disturbed(t, x) ? "  ~"
                                          : "";
  fmt::format_to(to, "  {:<24}{:>10}{:>10}{:>10}{:>12}{:>8}{:>10.1f}{}\n",
                 x.system + " " + x.version, short_ns(x.value.min), short_ns(x.value.median),
                 short_ns(x.value.max), t.timed() ? short_ns(x.cpu_ns.median / t.divisor) : "-",
                 x.system == baseline_name ? "-" : against_best_peer(t, x),
                 static_cast<double>(x.peak_bytes) / (1024.0 * 1024.0), mark);
}

void one_table(const table& t, const std::vector<int>& workers, out to) {
  fmt::format_to(to, "\n{} ({}); {}\n{}\n", t.title, case_name(t), t.unit, t.what);
  for (const int k : workers) {
    if (t.best_peer(k) == nullptr && t.best_of_ours(k) == nullptr) continue;
    fmt::format_to(to, "  {:<24}{:>10}{:>10}{:>10}{:>12}{:>8}{:>10}\n",
                   fmt::format("{} worker{}", k, k == 1 ? "" : "s"), "min", "median", "max", "CPU",
                   "x best", "peak MiB");
    for (const row* x : in_order(t, k)) line(t, *x, to);
  }
  if (t.missing.empty()) return;
  std::string names;
  for (const std::string& m : t.missing) names += (names.empty() ? "" : ", ") + m;
  fmt::format_to(to, "  not there: {}\n", names);
}

void list(const char* title, const std::vector<std::string>& lines, out to) {
  for (const std::string& text : lines) fmt::format_to(to, "{}: {}\n", title, text);
}

constexpr const char* notes =
    "\nk workers: k threads run tasks at once, the one that waits included, except where a thread\n"
    "outside spawns. CPU: of the whole process, median. x best: the median, in medians of the "
    "best\n"
    "peer. no runtime: the same C++ code without tasks, once; for wake and idle k threads in a\n"
    "futex. Every answer of every repetition is compared with the right one. ~: other programs\n"
    "had the processor; look at min and CPU.\n";

}  // namespace

std::string as_table(const report& r) {
  std::string text;
  const out to = std::back_inserter(text);
  fmt::format_to(to, "{}", as_lines(r.machine, "bazel run -c opt //bench:compare"));
  for (const table& t : r.tables) one_table(t, r.workers(), to);
  fmt::format_to(to, "{}", notes);
  list("beaten", losses(r), to);
  list("absent", r.absent, to);
  list("FAILED", r.failures, to);
  return text;
}

}  // namespace wyn::bench::compare
