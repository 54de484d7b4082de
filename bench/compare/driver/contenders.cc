#include "bench/compare/driver/contenders.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "bench/harness/program.h"
#include "bench/harness/subprocess.h"

namespace wyn::bench::compare {

namespace {

// Asks the program; what is wrong is said, "" if nothing is.
std::string ask(contender& c) {
  const finished f = run_program({c.path, "--list"}, 30);
  if (!f.ok) return "--list: " + f.reason;
  try {
    const auto answer = nlohmann::json::parse(f.output);
    c.version = answer.at("version").get<std::string>();
    c.workloads = answer.at("workloads").get<std::set<std::string>>();
  } catch (const std::exception& e) {
    return fmt::format("--list: {}", e.what());
  }
  return "";
}

contender look_up(const std::string& name, const std::string& program_name) {
  const program p = find_program("bench/compare", program_name);
  contender c{name, p.path, p.absent_because, "", {}};
  if (!c.present()) return c;
  c.absent_because = ask(c);
  if (!c.absent_because.empty()) c.path.clear();
  return c;
}

}  // namespace

bool is_ours(const std::string& system) { return system.rfind(our_name, 0) == 0; }

std::vector<contender> known_contenders() {
  std::vector<contender> all = {
      look_up(baseline_name, "bare_peer"),
      look_up(our_name, "wyn_peer"),
      look_up("wyn coroutines", "wyn_coroutine_peer"),
      look_up("Go", "go_peer"),
      look_up("oneTBB", "tbb_peer"),
      look_up("libgomp", "openmp_peer"),
      look_up("rayon", "rayon_peer"),
      look_up("tokio", "tokio_peer"),
      look_up("Boost.Fiber", "fiber_peer"),
      look_up("std::async", "thread_peer"),
  };
  for (contender& c : all) {
    if (c.name == "std::async") c.most_tasks = 10'000;
    // It frees the stacks of fibers that have ended when its dispatcher runs: 64 KiB each.
    if (c.name == "Boost.Fiber") c.most_tasks = 200'000;
    // Seconds for each repetition of `fib 33`, whose curve is about tens of milliseconds.
    if (c.name == "Go" || c.name == "tokio") c.most_tasks = 4'000'000;
  }
  return all;
}

contender given_contender(const std::string& definition) {
  const named_program p = given_program(definition);
  contender c{p.name, p.path, "", "", {}};
  const std::string wrong = ask(c);
  if (!wrong.empty()) {
    throw std::invalid_argument(fmt::format("--peer={}: {}", definition, wrong));
  }
  return c;
}

}  // namespace wyn::bench::compare
