// The runtime on machines with more processors: bazel run -c opt //bench/simulation. See
// bench/simulation/README.md.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <map>
#include <string>
#include <vector>

#include "bench/harness/command_line.h"
#include "bench/harness/files.h"
#include "bench/simulation/study.h"

namespace {

using namespace wyn::simulation;
using wyn::bench::number_between;

void add_machine(CLI::App& app, machine& m) {
  const auto cost = [&app](const char* name, double& ns, const char* what) {
    app.add_option(name, ns, what)->check(number_between(0, 1e9))->capture_default_str();
  };
  app.add_option("--cluster", m.cluster, "processors that share a cache")
      ->check(CLI::Range(1, m.processors))
      ->capture_default_str();
  cost("--near-ns", m.near_ns, "a line from one of them");
  cost("--far-ns", m.far_ns, "a line from another group");
  app.add_option("--socket", m.socket, "processors of a socket; 0: there is one")
      ->check(CLI::Range(0, m.processors))
      ->capture_default_str();
  cost("--remote-ns", m.remote_ns, "a line from another socket");
  cost("--membarrier-ns", m.membarrier_ns, "a heavy fence");
  cost("--interrupt-ns", m.interrupt_ns, "what it takes from each that runs");
  cost("--wake-ns", m.wake_latency_ns, "from a wake call until the thread runs");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("The runtime's protocols in simulated time, on more processors than there are.");
  study s;
  const std::map<std::string, workload> known = {{"ring", workload::ring},
                                                 {"deque", workload::deque},
                                                 {"tree", workload::tree},
                                                 {"burst", workload::burst}};
  std::vector<std::string> workloads;
  std::string json, html;
  bool more = false;
  app.add_option("--workloads", workloads, "by name; all if none is named")
      ->delimiter(',')
      ->check(CLI::IsMember({"ring", "deque", "tree", "burst"}));
  app.add_option("--threads", s.threads, "how many run tasks")
      ->delimiter(',')
      ->check(CLI::Range(1, s.base.where.processors));
  app.add_flag("--256", more, "with 256 threads, too; takes as long as all the others");
  app.add_option("--task-ns", s.task_ns, "work in a task; bursts: 20 times that")
      ->delimiter(',')
      ->check(number_between(0, 1e9));
  app.add_option("--variants", s.variants, "by name; all if none is named")->delimiter(',');
  app.add_option("--seeds", s.seeds, "runs of each point")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--seed", s.base.seed, "of the first run")->capture_default_str();
  app.add_option("--json", json, "write the numbers to this file; else simulation.json");
  app.add_option("--html", html, "write the page to this file; else simulation.html");
  add_machine(app, s.base.where);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;
  }
  if (!workloads.empty()) s.workloads.clear();
  for (const std::string& name : workloads) s.workloads.push_back(known.at(name));
  if (more) s.threads.push_back(256);
  try {
    using namespace wyn::bench;
    const auto numbers = json.empty() ? in_results("simulation.json") : as_typed(json);
    const auto page = html.empty() ? in_results("simulation.html") : as_typed(html);
    require_writable(numbers);
    require_writable(page);
    const study_result r = run(s, show_progress);
    fmt::print("{}", as_table(r));
    write_file(numbers, as_json(r));
    write_file(page, as_page(r));
    fmt::print("\nnumbers: {}\npage: {}\n", numbers.string(), page.string());
    return 0;
  } catch (const std::exception& e) {
    fmt::print(stderr, "error: {}\n", e.what());
    return 2;
  }
}
