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
  test_parser(const std::string& text, const c_litmus_options& o)
      : options_(o), in_(split(without_head(text))) {}

  c_litmus run() {
    initial_values();
    while (in_.peek().text.starts_with("P") && in_.peek(1).text == "(") thread();
    if (threads_ == 0) in_.fail_expecting("P0(...)");
    test_.program.id = test_.name;
    test_.program.locations = memory_.count();
    test_.program.plain = memory_.plain();
    test_.program.initial = memory_.initial();
    test_.locations = memory_.names();
    if (in_.take("locations")) locations();
    if (!in_.is("filter") && !in_.is("exists") && !in_.is("~") && !in_.is("forall")) {
      in_.fail_expecting("P" + std::to_string(threads_) +
                         "(...), 'locations', 'filter', 'exists', '~exists' or 'forall'");
    }
    test_.final = parse_condition(in_);
    for (proposition* p : {&test_.final.body, &test_.final.filter}) {
      for_each_atom(*p, [&](proposition& atom) { resolve(atom); });
    }
    if (options_.all_states) observe_everything();
    std::sort(test_.observed.begin(), test_.observed.end(), printed_before);
    for (const observable& o : test_.observed) test_.columns.push_back(column(o));
    return std::move(test_);
  }

 private:
  // The name stands in the first line; what lies between it and the brace is for other tools, and
  // is blanked out here, so that the places of what follows are right.
  std::string without_head(std::string text) {
    const std::size_t end = text.find('\n');
    const std::string first = text.substr(0, end);
    const bool named = first.starts_with("C ") && first.find_first_not_of(" \t\r", 2) != first.npos;
    if (!named) {
      throw syntax_error({}, "expected 'C NAME', found '" + first + "'");
    }
    const std::size_t from = first.find_first_not_of(" \t\r", 2);
    test_.name = first.substr(from, first.find_last_not_of(" \t\r") + 1 - from);
    const std::size_t brace = opening_brace(text, first.size());
    if (brace == std::string::npos) {
      throw syntax_error({}, "expected a block of initial values after the name: '{}'");
    }
    for (std::size_t i = 0; i < brace; ++i) {
      if (text[i] != '\n') text[i] = ' ';
    }
    return text;
  }

  static std::size_t opening_brace(const std::string& text, std::size_t at) {
    while (at < text.size() && text[at] != '{') {
      std::size_t end = at;
      if (text.compare(at, 2, "(*") == 0) end = text.find("*)", at + 2);
      else if (text[at] == '"') end = text.find('"', at + 1);
      if (end == std::string::npos) return end;
      at = end + 1;
    }
    return at < text.size() ? at : std::string::npos;
  }

  // "x = 1;", "[x] = 1;", "int x = 1;", "atomic_int x;", "int* p = &x;"
  void initial_values() {
    in_.expect("{");
    while (!in_.take("}")) {
      if (in_.take(";")) continue;
      if (in_.peek().kind == token::type::number) in_.fail("initial values of registers");
      const position at = in_.at();
      const bool typed = starts_type(in_);
      c_type type;
      if (typed) type = parse_type(in_);
      const bool bracket = in_.take("[");
      const std::string name = in_.expect_word("a location");
      if (bracket) in_.expect("]");
      const int value = in_.take("=") ? initial_value() : 0;
      memory_.initialise(name, value, at);
      if (typed) memory_.declare(memory_.find(name), type);
      if (!in_.is("}")) in_.expect(";");
    }
  }

  int initial_value() {
    const bool address = in_.take("&");
    if (address || in_.peek().kind == token::type::word) {
      return address_of(memory_.named(in_.expect_word("a location")));
    }
    return in_.expect_number();
  }

  void thread() {
    const std::string name = "P" + std::to_string(threads_);
    if (!in_.is(name.c_str())) in_.fail_expecting(name);
    in_.next();
    ++threads_;
    c_thread t = parse_c_thread(in_, memory_, options_.unroll);
    test_.program.threads.push_back(std::move(t.ops));
    test_.program.registers.push_back(t.registers);
    names_.push_back(std::move(t.names));
  }

  void locations() {
    in_.expect("[");
    while (!in_.take("]")) {
      const position at = in_.at();
      observe(parse_observable(in_), at);
      if (!in_.is("]")) in_.expect(";");
    }
    in_.take(";");
  }

  void resolve(proposition& atom) {
    observe(atom.left, atom.at);
    if (atom.right_location.empty()) return;
    const int l = memory_.find(atom.right_location);
    if (l < 0) throw syntax_error(atom.at, "no location is called " + atom.right_location);
    atom.right = address_of(l);
  }

  void observe(const observable& o, const position& at) {
    if (o.thread >= threads_) {
      throw syntax_error(at, "there is no thread " + std::to_string(o.thread));
    }
    const bool known = o.thread < 0 ? memory_.find(o.name) >= 0
                                    : names_[static_cast<std::size_t>(o.thread)].contains(o.name);
    if (!known) throw syntax_error(at, "nothing is called " + o.text());
    add_observed(o);
  }
  void add_observed(const observable& o) {
    if (std::find(test_.observed.begin(), test_.observed.end(), o) == test_.observed.end()) {
      test_.observed.push_back(o);
    }
  }
  void observe_everything() {
    for (int t = 0; t < threads_; ++t) {
      for (const auto& [name, reg] : names_[static_cast<std::size_t>(t)]) add_observed({t, name});
    }
    for (const std::string& name : test_.locations) add_observed({-1, name});
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

  const c_litmus_options options_;
  c_litmus test_;
  token_stream in_;
  c_memory memory_;
  int threads_ = 0;
  std::vector<std::map<std::string, int>> names_;
};

}  // namespace

c_litmus parse_c_litmus(const std::string& text, const c_litmus_options& o) {
  return test_parser(text, o).run();
}

}  // namespace wyn::litmus
