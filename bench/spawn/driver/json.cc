#include <nlohmann/json.hpp>

#include "bench/harness/machine_json.h"
#include "bench/spawn/driver/output.h"

namespace wyn::bench {

namespace {

using nlohmann::ordered_json;

ordered_json of(const row& r) {
  return {{"system", r.system},
          {"version", r.version},
          {"workers", r.workers},
          {"task", name_of(r.task)},
          {"tasks", r.tasks},
          {"ns_per_task", json_of(r.wall)},
          {"cpu_ns_per_task", json_of(r.cpu)},
          {"first_ns_per_task", r.first},
          {"repetitions", r.repetitions},
          {"executed_once", r.executed_once},
          {"peak_rss_bytes", r.peak_bytes}};
}

ordered_json of(const memory_row& m) {
  return {{"system", m.system},
          {"version", m.version},
          {"tasks", m.tasks},
          {"bytes_per_task", static_cast<double>(m.queued_bytes) / static_cast<double>(m.tasks)},
          {"queued_bytes", m.queued_bytes},
          {"still_queued", m.still_queued},
          {"peak_rss_bytes", m.peak_bytes},
          {"executed_once", m.executed_once}};
}

template <class T>
ordered_json list_of(const std::vector<T>& items) {
  ordered_json list = ordered_json::array();
  for (const T& item : items) list.push_back(of(item));
  return list;
}

}  // namespace

std::string as_json(const report& r) {
  const ordered_json whole = {{"machine", json_of(r.machine)},
                              {"seed", r.seed},
                              {"batches", r.batches},
                              {"rows", list_of(r.rows)},
                              {"queued_memory", list_of(r.memory)},
                              {"absent", r.absent},
                              {"left_out", r.left_out},
                              {"failures", r.failures}};
  return whole.dump(2) + "\n";
}

}  // namespace wyn::bench
