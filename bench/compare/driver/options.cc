#include "bench/compare/driver/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <random>
#include <sstream>
#include <stdexcept>

#include "bench/harness/command_line.h"
#include "bench/harness/files.h"

namespace wyn::bench::compare {

namespace {

// What is typed, before it is understood.
struct typed {
  std::vector<std::string> systems, given, workloads, cases;
  bool tiny = false;
  bool record = false;
  std::string json, html, from, markdown;
};

std::string names_of_workloads() {
  std::string names;
  for (const workload_facts& w : catalogue()) names += (names.empty() ? "" : ", ") + w.name;
  return names;
}

const workload_facts& named(const std::string& option, const std::string& name) {
  if (const workload_facts* w = facts_of(name)) return *w;
  throw CLI::ValidationError(option, "no workload '" + name + "': " + names_of_workloads());
}

// WORKLOAD:SIZE or WORKLOAD:SIZE:GRAIN.
test_case case_typed(const std::string& text) {
  std::istringstream in(text);
  std::string name;
  std::getline(in, name, ':');
  size_and_grain how{0, 0};
  char colon = 0;
  const bool read = static_cast<bool>(in >> how.size) &&
                    (in.eof() || (in >> colon >> how.grain && colon == ':' && in.eof()));
  if (!read) throw CLI::ValidationError("--case", text + ": expected WORKLOAD:SIZE[:GRAIN]");
  return make_case(named("--case", name), how);
}

std::vector<test_case> chosen_cases(const typed& t) {
  std::vector<test_case> cases;
  for (const std::string& text : t.cases) cases.push_back(case_typed(text));
  for (const std::string& name : t.workloads) named("--workload", name);
  if (!cases.empty() && t.workloads.empty()) return cases;
  for (const workload_facts& w : catalogue()) {
    const bool wanted =
        t.workloads.empty() || std::count(t.workloads.begin(), t.workloads.end(), w.name) != 0;
    if (!wanted) continue;
    for (const size_and_grain& how : t.tiny ? w.tiny : w.standard) {
      cases.push_back(make_case(w, how));
    }
  }
  return cases;
}

std::vector<contender> chosen_systems(const typed& t) {
  std::vector<contender> chosen = systems_named(known_contenders(), t.systems);
  for (const std::string& definition : t.given) chosen.push_back(given_contender(definition));
  return chosen;
}

// 1 and 2, and powers of two while there are cores.
std::vector<int> default_workers() {
  std::vector<int> workers = {1};
  for (int k = 2; k <= std::min(usable_cores(), 16); k *= 2) workers.push_back(k);
  return workers;
}

void add_matrix(CLI::App& app, plan& p, typed& t) {
  app.add_option("--workload", t.workloads, names_of_workloads())->delimiter(',');
  app.add_option("--case", t.cases, "WORKLOAD:SIZE[:GRAIN], instead of the sizes of a plain run")
      ->delimiter(',');
  app.add_flag("--tiny", t.tiny, "sizes that take no time and tell nothing about speed");
  app.add_option("--workers", p.workers, "threads that run tasks at once, one number or several")
      ->delimiter(',')
      ->check(CLI::Range(1, 4096));
  app.add_option("--systems", t.systems, "only these")->delimiter(',');
  app.add_option("--peer", t.given, "NAME=PROGRAM: one more that speaks the protocol");
}

void add_output(CLI::App& app, typed& t) {
  app.add_option("--json", t.json,
                 "where to write the numbers; default bench/results/compare.json");
  app.add_option("--html", t.html, "where to write the page; default bench/results/compare.html");
  app.add_option("--markdown", t.markdown, "a page whose tables are made anew");
  app.add_option("--from", t.from, "the numbers of a recorded run: measure nothing");
  app.add_flag("--record", t.record,
               "write the recorded run: the files compare-2-cores of bench/results, and the tables "
               "of docs/performance.md");
}

void set_files(options& o, const typed& t) {
  if (!t.from.empty()) o.from = as_typed(t.from);
  o.json = in_results(t.record ? "compare-2-cores.json" : "compare.json");
  o.html = in_results(t.record ? "compare-2-cores.html" : "compare.html");
  if (t.record) o.markdown = in_results("../../docs/performance.md");
  if (!t.json.empty()) o.json = as_typed(t.json);
  if (!t.html.empty()) o.html = as_typed(t.html);
  if (!t.markdown.empty()) o.markdown = as_typed(t.markdown);
}

}  // namespace

bool parse(int argc, char** argv, options& o, int& status) {
  CLI::App app{"Runs the same workloads on this runtime and on its peers, alternately."};
  typed t;
  o.what.workers = default_workers();
  o.what.seed = std::random_device{}();
  add_matrix(app, o.what, t);
  add_effort(app, o.what, "in each process, at most", 1);
  add_output(app, t);
  try {
    app.parse(argc, argv);
    set_files(o, t);
    if (!o.from.empty()) return true;
    try {
      o.what.cases = chosen_cases(t);
      o.what.systems = chosen_systems(t);
    } catch (const std::invalid_argument& e) {
      throw CLI::ValidationError(e.what());
    }
  } catch (const CLI::ParseError& e) {
    status = app.exit(e) == 0 ? 0 : 2;
    return false;
  }
  return true;
}

}  // namespace wyn::bench::compare
