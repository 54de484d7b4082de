#include "bench/spawn/driver/report.h"

#include <algorithm>

#include "bench/spawn/driver/systems.h"

namespace wyn::bench {

const row* report::find(const std::string& system, int workers, task_kind task,
                        std::size_t tasks) const {
  for (const row& r : rows) {
    if (r.system == system && r.workers == workers && r.task == task && r.tasks == tasks) return &r;
  }
  return nullptr;
}

bool report::good() const {
  const auto ours = [](const std::string& text) { return text.rfind(our_name, 0) == 0; };
  return std::all_of(rows.begin(), rows.end(), [](const row& r) { return r.exact(); }) &&
         std::all_of(memory.begin(), memory.end(), [](const auto& m) { return m.exact(); }) &&
         std::none_of(failures.begin(), failures.end(), ours);
}

}  // namespace wyn::bench
