#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "bench/compare/driver/output.h"
#include "bench/harness/machine_json.h"

namespace wyn::bench::compare {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

ordered_json of(const row& r) {
  return {{"system", r.system},
          {"version", r.version},
          {"workers", r.workers},
          {"value", json_of(r.value)},
          {"cpu_ns", json_of(r.cpu_ns)},
          {"first", r.first},
          {"repetitions", r.repetitions},
          {"wrong_answers", r.wrong_answers},
          {"peak_rss_bytes", r.peak_bytes}};
}

row row_from(const json& j) {
  return {j.at("system").get<std::string>(),
          j.at("version").get<std::string>(),
          j.at("workers").get<int>(),
          spread_from(j.at("value")),
          spread_from(j.at("cpu_ns")),
          j.at("first").get<double>(),
          j.at("repetitions").get<std::size_t>(),
          j.at("wrong_answers").get<std::size_t>(),
          j.at("peak_rss_bytes").get<std::int64_t>()};
}

ordered_json of(const table& t) {
  ordered_json rows = ordered_json::array();
  for (const row& r : t.rows) rows.push_back(of(r));
  return {{"workload", t.workload}, {"title", t.title},     {"what", t.what},
          {"unit", t.unit},         {"size", t.size},       {"grain", t.grain},
          {"divisor", t.divisor},   {"missing", t.missing}, {"rows", rows}};
}

table table_from(const json& j) {
  table t;
  t.workload = j.at("workload").get<std::string>();
  t.title = j.at("title").get<std::string>();
  t.what = j.at("what").get<std::string>();
  t.unit = j.at("unit").get<std::string>();
  t.size = j.at("size").get<std::size_t>();
  t.grain = j.at("grain").get<std::size_t>();
  t.divisor = j.at("divisor").get<double>();
  t.missing = j.at("missing").get<std::vector<std::string>>();
  for (const json& r : j.at("rows")) t.rows.push_back(row_from(r));
  return t;
}

}  // namespace

std::string as_json(const report& r) {
  ordered_json tables = ordered_json::array();
  for (const table& t : r.tables) tables.push_back(of(t));
  const ordered_json whole = {{"machine", json_of(r.machine)},
                              {"seed", r.seed},
                              {"batches", r.batches},
                              {"tables", tables},
                              {"absent", r.absent},
                              {"failures", r.failures}};
  return whole.dump(1) + "\n";
}

report report_from(const std::string& text) {
  try {
    const json j = json::parse(text);
    report r;
    r.machine = machine_from(j.at("machine"));
    r.seed = j.at("seed").get<unsigned>();
    r.batches = j.at("batches").get<int>();
    r.absent = j.at("absent").get<std::vector<std::string>>();
    r.failures = j.at("failures").get<std::vector<std::string>>();
    for (const json& t : j.at("tables")) r.tables.push_back(table_from(t));
    return r;
  } catch (const json::exception& e) {
    throw std::invalid_argument(
        fmt::format("not the JSON of a run of //bench:compare: {}", e.what()));
  }
}

}  // namespace wyn::bench::compare
