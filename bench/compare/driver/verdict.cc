#include "bench/compare/driver/verdict.h"

#include <fmt/format.h>

#include <algorithm>

#include "bench/compare/driver/contenders.h"
#include "bench/harness/numbers.h"

namespace wyn::bench::compare {

std::string against_best_peer(const table& t, const row& r) {
  const row* best = t.best_peer(r.workers);
  if (best == nullptr || best->value.median <= 0) return "-";
  const double x = r.value.median / best->value.median;
  return x < 9.95 ? fmt::format("{:.2f}x", x) : fmt::format("{:.0f}x", x);
}

bool is_beaten(const table& t, const row& r) {
  const row* best = t.best_peer(r.workers);
  return best != nullptr && &r == t.best_of_ours(r.workers) && best->value.median < r.value.median;
}

bool is_disturbed(const table& t, const row& r) {
  return t.timed() && r.workers == 1 && r.value.median * t.divisor > 1.25 * r.cpu_ns.median;
}

std::vector<const row*> in_order(const table& t, int workers) {
  std::vector<const row*> rows;
  for (const row& r : t.rows) {
    if (r.workers == workers && r.system != baseline_name) rows.push_back(&r);
  }
  std::sort(rows.begin(), rows.end(),
            [](const row* a, const row* b) { return a->value.median < b->value.median; });
  const row* bare = t.find(baseline_name, workers);
  if (bare == nullptr) bare = t.find(baseline_name, 1);
  if (bare != nullptr) rows.push_back(bare);
  return rows;
}

std::string case_name(const table& t) {
  const std::string grain = t.grain == 0 ? "" : fmt::format(", grain {}", grouped(t.grain));
  return fmt::format("{} {}{}", t.workload, grouped(t.size), grain);
}

std::vector<std::string> losses(const report& r) {
  std::vector<std::string> lines;
  for (const table& t : r.tables) {
    for (const int k : r.workers()) {
      const row* ours = t.best_of_ours(k);
      if (ours == nullptr || !is_beaten(t, *ours)) continue;
      lines.push_back(fmt::format("{}, {} worker{}: {} takes {} {}, {} {}", case_name(t), k,
                                  k == 1 ? "" : "s", t.best_peer(k)->system,
                                  short_ns(t.best_peer(k)->value.median), t.unit, ours->system,
                                  short_ns(ours->value.median)));
    }
  }
  return lines;
}

}  // namespace wyn::bench::compare
