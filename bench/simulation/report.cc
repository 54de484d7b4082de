// The study as text and as JSON.
#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>

#include "bench/harness/numbers.h"
#include "bench/simulation/study.h"

namespace wyn::simulation {

using bench::grouped;
using bench::short_ns;

std::string as_table(const study_result& r) {
  std::string text = fmt::format(
      "{:<9}{:>8}  {:<20}{:>8}{:>9}  {:>15}{:>10}{:>8}{:>8}  {}\n", "workload", "task ns",
      "variant", "threads", "speed-up", "least .. most", "elapsed us", "heavy", "wakes",
      "waited for most (share of all time)");
  for (const point& p : r.points) {
    const outcome& o = p.median;
    std::string waits;
    for (std::size_t i = 0; i < o.traffic.size() && i < 2; ++i) {
      const double share = o.traffic[i].waited_ns / (o.elapsed_ns * p.threads);
      if (share >= 0.01) waits += fmt::format("{} {:.0f} %  ", o.traffic[i].name, 100 * share);
    }
    const char* const line =
        "{:<9}{:>8}  {:<20}{:>8}{:>9.2f}  {:>6.2f} .. {:>5.2f}{:>10}{:>8}{:>8}  {}\n";
    text += fmt::format(fmt::runtime(line), name_of(p.what),
                        grouped(static_cast<std::size_t>(p.task_ns)), p.variant, p.threads,
                        o.speedup, p.least, p.most, short_ns(o.elapsed_ns / 1000), o.heavy_fences,
                        o.wakes, waits);
  }
  return text;
}

std::string as_json(const study_result& r) {
  const machine& m = r.asked.base.where;
  nlohmann::ordered_json all;
  all["machine"] = {{"cluster", m.cluster},
                    {"socket", m.socket},
                    {"hit_ns", m.hit_ns},
                    {"rmw_ns", m.rmw_ns},
                    {"fence_ns", m.fence_ns},
                    {"near_ns", m.near_ns},
                    {"far_ns", m.far_ns},
                    {"remote_ns", m.remote_ns},
                    {"membarrier_ns", m.membarrier_ns},
                    {"membarrier_each_ns", m.membarrier_each_ns},
                    {"interrupt_ns", m.interrupt_ns},
                    {"wake_call_ns", m.wake_call_ns},
                    {"wake_latency_ns", m.wake_latency_ns}};
  all["seeds"] = r.asked.seeds;
  all["seed"] = r.asked.base.seed;
  for (const point& p : r.points) {
    nlohmann::ordered_json waits = nlohmann::ordered_json::array();
    for (const line_traffic& t : p.median.traffic) {
      waits.push_back({{"line", t.name}, {"moves", t.moves}, {"waited_ns", t.waited_ns}});
    }
    all["points"].push_back({{"workload", name_of(p.what)},
                             {"task_ns", p.task_ns},
                             {"variant", p.variant},
                             {"threads", p.threads},
                             {"speedup", p.median.speedup},
                             {"least", p.least},
                             {"most", p.most},
                             {"tasks", p.median.tasks},
                             {"elapsed_ns", p.median.elapsed_ns},
                             {"steals", p.median.counts.steals},
                             {"lost_steals", p.median.counts.lost_steals},
                             {"blocks", p.median.counts.blocks},
                             {"heavy_fences", p.median.heavy_fences},
                             {"wakes", p.median.wakes},
                             {"lines", waits}});
  }
  return all.dump(1) + "\n";
}

}  // namespace wyn::simulation
