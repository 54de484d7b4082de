// The link between the deque and its proofs, by hand; TABLE is fence or seq_cst:
//
//     deque_link traces TABLE MODEL           every execution of a model as a trace
//                                             (models/checker/tools/trace.h)
//     deque_link replay TABLE MODEL < TRACES  replays traces through the machine
//     deque_link runs TABLE MODEL [N]         replays the first N executions and prints each step
//                                             of the machine, its parameters and the state after
//                                             it, as JSON
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>

#include "proofs/link/deque_models.h"
#include "proofs/link/deque_replay.h"

namespace wyn::link {
namespace {

std::string json_of(number n) { return std::to_string(n); }

// What differs from the default, and the default if it is not 0.
template <class Element, std::size_t Room>
std::string json_of(const bounded_table<Element, Room>& t) {
  std::string text;
  for (std::size_t i = 0; i < Room; ++i) {
    if (t.elements[i] == t.fill) continue;
    text += (text.empty() ? "\"" : ",\"") + std::to_string(i) + "\":" + json_of(t.elements[i]);
  }
  if (!(t.fill == Element{})) {
    text += (text.empty() ? "" : ",") + ("\"default\":" + json_of(t.fill));
  }
  return "{" + text + "}";
}

template <class Machine>
void print_state(const char* step, const typename Machine::parameters& p,
                 const typename Machine::state& s) {
  std::string text = std::string("{\"step\":\"") + step + "\",\"parameters\":{";
  std::string comma;
  for_each_parameter(p, [&](const char* name, const auto& value) {
    text += comma + "\"" + name + "\":" + json_of(value);
    comma = ",";
  });
  text += "},\"state\":{";
  comma.clear();
  for_each_variable(s, [&](const char* name, const auto& value) {
    text += comma + "\"" + name + "\":" + json_of(value);
    comma = ",";
  });
  std::puts((text + "}}").c_str());
}

int watch(const linked_model& m, const model::trace_recorder::sink& sink) {
  model::trace_recorder recorder(sink);
  model::options o;
  o.watched_by = &recorder;
  const model::verdict v = m.check(o);
  if (v.kind == model::verdict_kind::pass) return 0;
  std::cerr << v.report;
  return 1;
}

int print_traces(const linked_model& m) {
  return watch(
      m, [](const model::execution_trace& t) { std::fputs(model::to_text(t).c_str(), stdout); });
}

template <class Link>
int replay_traces(const linked_model& m) {
  deque_replay<typename Link::machine> replay(Link::steps(), m.capacity, m.words);
  model::execution_trace t;
  std::string problem;
  std::uint64_t traces = 0;
  for (; model::read_trace(std::cin, t, problem); ++traces) {
    problem = replay.run(t);
    if (!problem.empty()) break;
  }
  if (!problem.empty()) {
    std::cerr << "trace " << traces << ": " << problem << "\n";
    return 1;
  }
  std::cout << traces << " traces, " << replay.machine().states() << " states\n";
  return 0;
}

template <class Link>
int print_runs(const linked_model& m, std::uint64_t most) {
  using machine = typename Link::machine;
  std::string problem;
  std::uint64_t runs = 0;
  const int failed = watch(m, [&](const model::execution_trace& t) {
    if (!problem.empty() || runs++ >= most) return;
    deque_replay<machine> replay(Link::steps(), m.capacity, m.words);
    replay.machine().tell([](const auto* step, const auto& p, const auto& s) {
      print_state<machine>(step == nullptr ? "initial" : step->name, p, s);
    });
    problem = replay.run(t);
  });
  if (!problem.empty()) std::cerr << problem << "\n";
  return failed != 0 || !problem.empty() ? 1 : 0;
}

int usage() {
  std::cerr << "deque_link traces TABLE MODEL\ndeque_link replay TABLE MODEL < TRACES\n"
               "deque_link runs TABLE MODEL [N]\ntables: fence seq_cst\nmodels:";
  for (const deque_shape& s : deque_shapes) std::cerr << " " << s.name;
  std::cerr << "\n";
  return 2;
}

template <class Link>
int run(int argc, char** argv) {
  const std::string command = argv[1];
  const std::map<std::string, linked_model> models = deque_models_of<Link>();
  const auto m = models.find(argv[3]);
  if (m == models.end()) return usage();
  if (command == "traces" && argc == 4) return print_traces(m->second);
  if (command == "replay" && argc == 4) return replay_traces<Link>(m->second);
  if (command != "runs" || argc > 5) return usage();
  const std::uint64_t most = argc == 5 ? std::strtoull(argv[4], nullptr, 10) : ~std::uint64_t{0};
  return print_runs<Link>(m->second, most);
}

int run_with_table(int argc, char** argv) {
  if (argc < 4) return usage();
  if (std::string(argv[2]) == "fence") return run<fence_link>(argc, argv);
  if (std::string(argv[2]) == "seq_cst") return run<seq_cst_link>(argc, argv);
  return usage();
}

}  // namespace
}  // namespace wyn::link

int main(int argc, char** argv) { return wyn::link::run_with_table(argc, argv); }
