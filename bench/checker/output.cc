#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "bench/checker/measure.h"

namespace wyn::bench {

namespace {

using nlohmann::ordered_json;

std::string instructions_of(const speed_row& r) {
  return r.instructions ? fmt::format("{:.0f}", *r.instructions) : "-";
}

}  // namespace

std::string as_table(const checker_report& r) {
  std::string out = fmt::format("{}, {} cores, {}, {}{}, load {:.1f}\n\n", r.machine.cpu,
                                r.machine.cores, r.machine.kernel, r.machine.compiler,
                                r.machine.optimised ? "" : " WITHOUT -c opt", r.machine.load);
  out += fmt::format("{:<20}{:>12}{:>14}{:>12}{:>16}\n", "program", "executions", "a second",
                     "us each", "instructions");
  for (const speed_row& s : r.speed) {
    out += fmt::format("{:<20}{:>12}{:>14.0f}{:>12.3f}{:>16}\n", s.name, s.executions,
                       s.per_second(), 1e6 / s.per_second(), instructions_of(s));
  }
  out += fmt::format("instructions counted by: {}\n\n", r.instructions_from);
  out += fmt::format(
      "start to verdict, store_buffering: {:.3f} ms; with the start of a process {:.1f} ms\n\n",
      r.verdict_ms, r.process_ms);
  out += fmt::format("{:<20}{:>12}{:>24}\n", "peak memory", "executions", "MB above empty");
  for (const memory_row& m : r.memory) {
    out += fmt::format("{:<20}{:>12}{:>24.2f}\n", m.name, m.executions,
                       static_cast<double>(m.above_empty_bytes) / 1e6);
  }
  out += fmt::format("\n{:<20}{:>12}{:>24}\n", "one execution of", "threads", "ns an event");
  for (const event_cost_row& e : r.event_costs) {
    out += fmt::format("{:<20}{:>12}{:>24.1f}\n", fmt::format("{} events", e.events), e.threads,
                       e.ns_per_event);
  }
  if (!r.jobs.empty()) out += "\nby two threads\n";
  for (const jobs_row& g : r.jobs) {
    out += fmt::format("{:<20}{:>12.3f} s, by one {:.3f} s: {:.2f} times as fast\n", g.name,
                       g.two_s, g.one_s, g.ratio());
  }
  out += fmt::format("\n{}\n", r.rival);
  for (const rival_row& g : r.rivals) {
    out += fmt::format("{:<20}{:>12.3f} s, GenMC {:.3f} s: {:.1f} times as fast\n", g.name,
                       g.cpu_s, g.rival_cpu_s, g.ratio());
  }
  for (const std::string& f : r.failures) out += "FAILED: " + f + "\n";
  return out;
}

std::string as_json(const checker_report& r) {
  ordered_json j = {{"machine",
                     {{"cpu", r.machine.cpu},
                      {"cores", r.machine.cores},
                      {"kernel", r.machine.kernel},
                      {"compiler", r.machine.compiler},
                      {"optimised", r.machine.optimised},
                      {"date", r.machine.date},
                      {"load", r.machine.load}}},
                    {"instructions_from", r.instructions_from},
                    {"verdict_ms", r.verdict_ms},
                    {"process_ms", r.process_ms},
                    {"rival", r.rival},
                    {"failures", r.failures}};
  for (const char* list : {"speed", "memory", "event_costs", "rivals"}) {
    j[list] = ordered_json::array();
  }
  for (const speed_row& s : r.speed) {
    ordered_json row = {{"program", s.name},
                        {"executions", s.executions},
                        {"cpu_s", s.cpu_s},
                        {"executions_per_second", s.per_second()},
                        {"instructions_per_execution", nullptr}};
    if (s.instructions) row["instructions_per_execution"] = *s.instructions;
    j["speed"].push_back(row);
  }
  for (const memory_row& m : r.memory) {
    j["memory"].push_back({{"program", m.name},
                           {"executions", m.executions},
                           {"above_empty_bytes", m.above_empty_bytes}});
  }
  for (const event_cost_row& e : r.event_costs) {
    j["event_costs"].push_back(
        {{"threads", e.threads}, {"events", e.events}, {"ns_per_event", e.ns_per_event}});
  }
  for (const jobs_row& g : r.jobs) {
    j["two_threads"].push_back({{"program", g.name},
                                {"executions", g.executions},
                                {"one_s", g.one_s},
                                {"two_s", g.two_s},
                                {"ratio", g.ratio()}});
  }
  for (const rival_row& g : r.rivals) {
    j["rivals"].push_back({{"program", g.name},
                           {"executions", g.executions},
                           {"cpu_s", g.cpu_s},
                           {"genmc_executions", g.rival_executions},
                           {"genmc_cpu_s", g.rival_cpu_s},
                           {"ratio", g.ratio()}});
  }
  return j.dump(2) + "\n";
}

}  // namespace wyn::bench
