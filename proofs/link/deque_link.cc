// The link between the deque and its proof, by hand:
//
//     deque_link traces MODEL           every execution of a model as a trace
//                                       (models/checker/tools/trace.h)
//     deque_link replay MODEL < TRACES  replays traces through the machine
//     deque_link runs MODEL [N]         replays the first N executions and prints each step of the
//                                       machine, its parameters and the state after it, as JSON
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

void print_state(const char* step, const deque::parameters& p, const deque::state& s) {
  std::string text = std::string("{\"step\":\"") + step + "\",\"parameters\":{";
  std::string comma;
  deque::for_each_parameter(p, [&](const char* name, const auto& value) {
    text += comma + "\"" + name + "\":" + json_of(value);
    comma = ",";
  });
  text += "},\"state\":{";
  comma.clear();
  deque::for_each_variable(s, [&](const char* name, const auto& value) {
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

int replay_traces(const linked_model& m) {
  deque_replay replay(deque_steps(), m.capacity, m.words);
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
  std::cout << traces << " traces, " << replay.states() << " states\n";
  return 0;
}

int print_runs(const linked_model& m, std::uint64_t most) {
  std::string problem;
  std::uint64_t runs = 0;
  const int failed = watch(m, [&](const model::execution_trace& t) {
    if (!problem.empty() || runs++ >= most) return;
    deque_replay replay(deque_steps(), m.capacity, m.words);
    replay.tell(
        [](const deque::transition* step, const deque::parameters& p, const deque::state& s) {
          print_state(step == nullptr ? "initial" : step->name, p, s);
        });
    problem = replay.run(t);
  });
  if (!problem.empty()) std::cerr << problem << "\n";
  return failed != 0 || !problem.empty() ? 1 : 0;
}

int usage() {
  std::cerr << "deque_link traces MODEL\ndeque_link replay MODEL < TRACES\n"
               "deque_link runs MODEL [N]\nmodels:";
  for (const auto& [name, m] : deque_models()) std::cerr << " " << name;
  std::cerr << "\n";
  return 2;
}

int run(int argc, char** argv) {
  if (argc < 3) return usage();
  const std::string command = argv[1];
  const std::map<std::string, linked_model> models = deque_models();
  const auto m = models.find(argv[2]);
  if (m == models.end()) return usage();
  if (command == "traces" && argc == 3) return print_traces(m->second);
  if (command == "replay" && argc == 3) return replay_traces(m->second);
  if (command != "runs" || argc > 4) return usage();
  const std::uint64_t most = argc == 4 ? std::strtoull(argv[3], nullptr, 10) : ~std::uint64_t{0};
  return print_runs(m->second, most);
}

}  // namespace
}  // namespace wyn::link

int main(int argc, char** argv) { return wyn::link::run(argc, argv); }
