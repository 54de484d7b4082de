#include "bench/harness/machine_json.h"

namespace wyn::bench {

using nlohmann::json;
using nlohmann::ordered_json;

namespace {

ordered_json of(const std::optional<double>& x) { return x ? ordered_json(*x) : ordered_json(); }

std::optional<double> number_or_null(const json& j) {
  return j.is_null() ? std::nullopt : std::optional<double>(j.get<double>());
}

}  // namespace

ordered_json json_of(const spread& s) {
  return {{"min", s.min}, {"median", s.median}, {"max", s.max}};
}

ordered_json json_of(const machine_facts& m) {
  return {{"cpu", m.cpu},
          {"cores", m.cores},
          {"kernel", m.kernel},
          {"compiler", m.compiler},
          {"optimised", m.optimised},
          {"date", m.date},
          {"load", m.load},
          {"mfence_ns", of(m.mfence_ns)},
          {"locked_rmw_ns", m.locked_rmw_ns},
          {"cache_line_round_trip_ns", of(m.round_trip_ns)}};
}

spread spread_from(const json& j) {
  return {j.at("min").get<double>(), j.at("median").get<double>(), j.at("max").get<double>()};
}

machine_facts machine_from(const json& j) {
  machine_facts m;
  m.cpu = j.at("cpu").get<std::string>();
  m.cores = j.at("cores").get<int>();
  m.kernel = j.at("kernel").get<std::string>();
  m.compiler = j.at("compiler").get<std::string>();
  m.optimised = j.at("optimised").get<bool>();
  m.date = j.at("date").get<std::string>();
  m.load = j.at("load").get<double>();
  m.mfence_ns = number_or_null(j.at("mfence_ns"));
  m.locked_rmw_ns = j.at("locked_rmw_ns").get<double>();
  m.round_trip_ns = number_or_null(j.at("cache_line_round_trip_ns"));
  return m;
}

}  // namespace wyn::bench
