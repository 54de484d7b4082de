#include "bench/compare/driver/curves.h"

#include <algorithm>

#include "bench/compare/driver/contenders.h"

namespace wyn::bench::compare {

namespace {

curve& named(std::vector<curve>& curves, const std::string& name) {
  const auto at =
      std::find_if(curves.begin(), curves.end(), [&](const curve& c) { return c.name == name; });
  if (at != curves.end()) return *at;
  curves.push_back({name, {}});
  return curves.back();
}

void sort_points(std::vector<curve>& curves) {
  for (curve& c : curves) std::sort(c.points.begin(), c.points.end());
}

}  // namespace

std::vector<curve> speed_up(const table& t, const std::vector<int>& workers) {
  const row* base = t.find(baseline_name, 1);
  if (base == nullptr || workers.size() < 2) return {};
  std::vector<curve> curves;
  for (const row& r : t.rows) {
    if (r.system == baseline_name || r.value.median <= 0) continue;
    named(curves, r.system).points.emplace_back(r.workers, base->value.median / r.value.median);
  }
  sort_points(curves);
  return curves;
}

std::vector<curve> by_length(const report& r, int workers) {
  std::vector<curve> curves;
  for (const table& t : r.tables) {
    if (t.workload != "task_length") continue;
    const row* base = t.find(baseline_name, 1);
    if (base == nullptr) continue;
    for (const row& x : t.rows) {
      if (x.workers != workers || x.system == baseline_name || x.value.median <= 0) continue;
      named(curves, x.system)
          .points.emplace_back(base->value.median, base->value.median / x.value.median);
    }
  }
  sort_points(curves);
  return curves;
}

std::vector<curve> by_work(const report& r, int workers) {
  std::vector<curve> curves;
  for (const table& t : r.tables) {
    if (t.workload != "fib") continue;
    for (const row& x : t.rows) {
      const row* alone = t.find(x.system, 1);
      if (x.workers != workers || alone == nullptr || x.system == baseline_name) continue;
      if (x.value.median <= 0 || alone->value.median <= 0) continue;
      named(curves, x.system)
          .points.emplace_back(alone->value.median * t.divisor / 1e6,
                               alone->value.median / x.value.median);
    }
  }
  sort_points(curves);
  return curves;
}

}  // namespace wyn::bench::compare
