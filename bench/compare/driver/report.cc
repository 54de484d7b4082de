#include "bench/compare/driver/report.h"

#include <algorithm>
#include <set>

#include "bench/compare/driver/contenders.h"

namespace wyn::bench::compare {

namespace {

template <class Take>
const row* least(const std::vector<row>& rows, int workers, Take take) {
  const row* best = nullptr;
  for (const row& r : rows) {
    if (r.workers != workers || !take(r.system)) continue;
    if (best == nullptr || r.value.median < best->value.median) best = &r;
  }
  return best;
}

}  // namespace

const row* table::find(const std::string& system, int workers) const {
  return least(rows, workers, [&](const std::string& name) { return name == system; });
}

const row* table::best_peer(int workers) const {
  return least(rows, workers,
               [](const std::string& name) { return !is_ours(name) && name != baseline_name; });
}

const row* table::best_of_ours(int workers) const { return least(rows, workers, is_ours); }

std::vector<int> report::workers() const {
  std::set<int> numbers;
  for (const table& t : tables) {
    for (const row& r : t.rows) {
      if (r.system != baseline_name) numbers.insert(r.workers);
    }
  }
  return {numbers.begin(), numbers.end()};
}

bool report::good() const {
  const auto right = [](const table& t) {
    return std::all_of(t.rows.begin(), t.rows.end(),
                       [](const row& r) { return r.wrong_answers == 0; });
  };
  return std::all_of(tables.begin(), tables.end(), right) &&
         std::none_of(failures.begin(), failures.end(), is_ours);
}

}  // namespace wyn::bench::compare
