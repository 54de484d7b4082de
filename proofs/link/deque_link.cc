// The link between the deque and its proofs, by hand; TABLE is fence, seq_cst
// or biased:
//
//     deque_link traces TABLE MODEL           every execution of a model as a trace
//                                             (models/checker/tools/trace.h)
//     deque_link replay TABLE MODEL < TRACES  replays traces through the machine
//     deque_link runs TABLE MODEL [N]         replays the first N executions and prints each step
//                                             of the machine, its parameters and the state after
//                                             it, as JSON; with "new" in place of N those of
//                                             the first ten thousand executions that take a step
//                                             which none before took
#include <charconv>
#include <cstdio>
#include <iostream>
#include <string>
#include <string_view>
#include <system_error>

#include "proofs/link/biased_models.h"
#include "proofs/link/deque_models.h"
#include "proofs/link/deque_replay.h"

namespace wyn::link {
namespace {

constexpr std::uint64_t new_among = 10000;

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

// Of the first `most` executions; 0: of all.
int watch(const linked_model& m, const model::trace_recorder::sink& sink, std::uint64_t most = 0) {
  model::trace_recorder recorder(sink);
  model::options o;
  o.watched_by = &recorder;
  o.max_executions = most;
  const model::verdict v = m.check(o);
  const bool is_part = most != 0 && v.kind == model::verdict_kind::bounded;
  if (is_part || v.kind == model::verdict_kind::pass) return 0;
  std::cerr << v.report;
  return 1;
}

int print_traces(const linked_model& m) {
  return watch(
      m, [](const model::execution_trace& t) { std::fputs(model::to_text(t).c_str(), stdout); });
}

template <class Link>
int replay_traces(const linked_model& m) {
  typename Link::replay replay(Link::steps(), m.capacity, m.words);
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

// Of executions that take a step which none before took, if `only_new`.
template <class Link>
int print_runs(const linked_model& m, std::uint64_t most, bool only_new) {
  using machine = typename Link::machine;
  std::string problem;
  typename Link::replay silent(Link::steps(), m.capacity, m.words);
  typename Link::replay telling(Link::steps(), m.capacity, m.words);
  telling.machine().tell([](const auto* step, const auto& p, const auto& s) {
    print_state<machine>(step == nullptr ? "initial" : step->name, p, s);
  });
  const auto print = [&](const model::execution_trace& t) {
    if (!problem.empty()) return;
    const std::size_t known = silent.machine().steps_taken().size();
    if (only_new) problem = silent.run(t);
    if (only_new && silent.machine().steps_taken().size() == known) return;
    if (problem.empty()) problem = telling.run(t);
  };
  const int failed = watch(m, print, most);
  if (!problem.empty()) std::cerr << problem << "\n";
  return failed != 0 || !problem.empty() ? 1 : 0;
}

int usage() {
  std::cerr << "deque_link traces TABLE MODEL\ndeque_link replay TABLE MODEL < TRACES\n"
               "deque_link runs TABLE MODEL [N | new]\n";
  const auto name_models = [](const char* table, const auto& models) {
    std::cerr << table << ":";
    for (const auto& [name, m] : models) std::cerr << " " << name;
    std::cerr << "\n";
  };
  name_models("fence, seq_cst", fence_link::models());
  name_models("biased", biased_link::models());
  return 2;
}

template <class Link>
int run(int argc, char** argv) {
  const std::string command = argv[1];
  const std::map<std::string, linked_model> models = Link::models();
  const auto m = models.find(argv[3]);
  if (m == models.end()) return usage();
  if (command == "traces" && argc == 4) return print_traces(m->second);
  if (command == "replay" && argc == 4) return replay_traces<Link>(m->second);
  if (command != "runs" || argc > 5) return usage();
  const bool only_new = argc == 5 && std::string(argv[4]) == "new";
  std::uint64_t most = only_new ? new_among : 0;
  if (argc == 5 && !only_new) {
    const std::string_view text = argv[4];
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, most);
    if (error != std::errc{} || stopped != end) return usage();
  }
  return print_runs<Link>(m->second, most, only_new);
}

int run_with_table(int argc, char** argv) {
  if (argc < 4) return usage();
  if (std::string(argv[2]) == "fence") return run<fence_link>(argc, argv);
  if (std::string(argv[2]) == "seq_cst") return run<seq_cst_link>(argc, argv);
  if (std::string(argv[2]) == "biased") return run<biased_link>(argc, argv);
  return usage();
}

}  // namespace
}  // namespace wyn::link

int main(int argc, char** argv) { return wyn::link::run_with_table(argc, argv); }
