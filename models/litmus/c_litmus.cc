#include "models/litmus/c_litmus.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "models/litmus/c_thread.h"

namespace wyn::litmus {

namespace {

// Herd prints registers before locations.
bool printed_before(const observable& a, const observable& b) {
  return std::tuple(a.thread < 0, a.thread, a.name) < std::tuple(b.thread < 0, b.thread, b.name);
}

class test_parser {
 public:
  explicit test_parser(const std::string& text) : in_(split_body(text)) {}

  c_litmus run() {
    initial_values();
    while (in_.peek().text.starts_with("P") && in_.peek(1).text == "(") thread();
    if (threads_ == 0) in_.fail("expected P0(...), found '" + in_.peek().text + "'");
    test_.program.id = test_.name;
    test_.program.locations = memory_.count();
    test_.program.plain = memory_.plain();
    test_.program.initial = memory_.initial();
    if (in_.take("locations")) locations();
    test_.final = parse_condition(in_);
    for_each_atom(test_.final.body, [&](const proposition& p) { observe(p.left, p.line); });
    std::sort(test_.observed.begin(), test_.observed.end(), printed_before);
    for (const observable& o : test_.observed) test_.columns.push_back(column(o));
    return std::move(test_);
  }

 private:
  // The name stands in the first line; what lies between it and the brace is for other tools.
  std::vector<token> split_body(const std::string& text) {
    const std::size_t end = text.find('\n');
    const std::string first = text.substr(0, end);
    if (!first.starts_with("C ")) {
      throw syntax_error(1, "a test in C begins with 'C NAME', this one with '" + first + "'");
    }
    test_.name = first.substr(2, first.find_last_not_of(" \t\r") - 1);
    const std::size_t brace = text.find('{', first.size());
    if (brace == std::string::npos) throw syntax_error(1, "no block of initial values: '{}'");
    const auto lines = std::count(text.begin(), text.begin() + static_cast<long>(brace), '\n');
    return split(text.substr(brace), static_cast<int>(lines) + 1);
  }

  // "x = 1;", "[x] = 1;", "int x = 1;", "atomic_int x;"
  void initial_values() {
    in_.expect("{");
    while (!in_.take("}")) {
      if (in_.take(";")) continue;
      const int line = in_.peek().line;
      if (in_.peek().kind == token::type::number) in_.fail("initial values of registers");
      const bool bracket = in_.take("[");
      std::string name = in_.expect_word("a location");
      while (in_.peek().kind == token::type::word) name = in_.next().text;
      if (in_.is("*")) in_.fail("pointers in memory");
      if (bracket) in_.expect("]");
      int value = 0;
      if (in_.take("=")) value = in_.expect_number();
      memory_.initialise(name, value, line);
      if (!in_.is("}")) in_.expect(";");
    }
  }

  void thread() {
    const std::string name = in_.next().text;
    if (name != "P" + std::to_string(threads_)) {
      in_.fail("expected P" + std::to_string(threads_) + ", found " + name);
    }
    ++threads_;
    c_thread t = parse_c_thread(in_, memory_);
    test_.program.threads.push_back(std::move(t.ops));
    test_.program.registers.push_back(t.registers);
    names_.push_back(std::move(t.names));
  }

  void locations() {
    in_.expect("[");
    while (!in_.take("]")) {
      const int line = in_.peek().line;
      observe(parse_observable(in_), line);
      if (!in_.is("]")) in_.expect(";");
    }
    in_.take(";");
  }

  void observe(const observable& o, int line) {
    if (o.thread >= threads_) {
      throw syntax_error(line, "there is no thread " + std::to_string(o.thread));
    }
    const bool known = o.thread < 0 ? memory_.find(o.name) >= 0
                                    : names_[static_cast<std::size_t>(o.thread)].contains(o.name);
    if (!known) throw syntax_error(line, "nothing is called " + o.text());
    if (std::find(test_.observed.begin(), test_.observed.end(), o) == test_.observed.end()) {
      test_.observed.push_back(o);
    }
  }

  std::size_t column(const observable& o) const {
    std::size_t before = 0;
    for (int t = 0; t < (o.thread < 0 ? threads_ : o.thread); ++t) {
      before += static_cast<std::size_t>(test_.program.registers[static_cast<std::size_t>(t)]);
    }
    const int own = o.thread < 0 ? memory_.find(o.name)
                                 : names_[static_cast<std::size_t>(o.thread)].at(o.name);
    return before + static_cast<std::size_t>(own);
  }

  c_litmus test_;
  token_stream in_;
  c_memory memory_;
  int threads_ = 0;
  std::vector<std::map<std::string, int>> names_;
};

struct tally {
  std::map<state, std::uint64_t> states;  ///< of the columns that are observed
  std::uint64_t positive = 0;             ///< executions for which the proposition holds
  std::uint64_t negative = 0;
};

tally count(const c_litmus& test, const outcome& got) {
  tally sum;
  for (const auto& [s, executions] : got.witnesses) {
    state seen;
    for (const std::size_t c : test.columns) seen.push_back(s[c]);
    const auto value_of = [&](const observable& o) {
      const auto at = std::find(test.observed.begin(), test.observed.end(), o);
      return seen[static_cast<std::size_t>(at - test.observed.begin())];
    };
    (holds(test.final.body, value_of) ? sum.positive : sum.negative) += executions;
    sum.states[seen] += executions;
  }
  return sum;
}

bool is_valid(quantifier q, const tally& sum) {
  switch (q) {
    case quantifier::exists: return sum.positive != 0;
    case quantifier::not_exists: return sum.positive == 0;
    case quantifier::forall: return sum.negative == 0;
  }
  return false;
}

}  // namespace

c_litmus parse_c_litmus(const std::string& text) { return test_parser(text).run(); }

std::string describe(const c_litmus& test, const outcome& got) {
  static constexpr const char* kinds[] = {"Allowed", "Forbidden", "Required"};
  const std::string head = "Test " + test.name + " " + kinds[static_cast<int>(test.final.over)];
  if (got.verdict.failure == model::failure::data_race) {
    return head + "\nUndef\nFlag Data-Race\nCondition " + to_string(test.final) + "\n" +
           got.verdict.report;
  }
  if (got.verdict.kind != model::verdict_kind::pass) {
    throw std::runtime_error(test.name + ": " + got.verdict.message);
  }
  const tally sum = count(test, got);
  std::string text = head + "\nStates " + std::to_string(sum.states.size()) + "\n";
  for (const auto& [s, executions] : sum.states) {
    for (std::size_t i = 0; i < s.size(); ++i) {
      text += (i == 0 ? "" : " ") + test.observed[i].text() + "=" + std::to_string(s[i]) + ";";
    }
    text += "\n";
  }
  // Witnesses are for and against the condition, observations for and against its proposition.
  const bool negated = test.final.over == quantifier::not_exists;
  const std::uint64_t with = negated ? sum.negative : sum.positive;
  const std::uint64_t against = negated ? sum.positive : sum.negative;
  const char* often = sum.positive == 0 ? "Never" : sum.negative == 0 ? "Always" : "Sometimes";
  text += is_valid(test.final.over, sum) ? "Ok\n" : "No\n";
  text += "Witnesses\nPositive: " + std::to_string(with) +
          " Negative: " + std::to_string(against) + "\n";
  text += "Condition " + to_string(test.final) + "\n";
  text += "Observation " + test.name + " " + often + " " + std::to_string(sum.positive) + " " +
          std::to_string(sum.negative) + "\n";
  return text;
}

}  // namespace wyn::litmus
