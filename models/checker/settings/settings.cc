#include "models/checker/settings/settings.h"

#include <unistd.h>

#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <utility>

#include "core/base/assert.h"
#include "models/checker/graph/order_name.h"
#include "models/checker/settings/edit_distance.h"

namespace wyn::model {

namespace {

constexpr std::string_view prefix = "WYN_MODEL_";

template <class T>
bool parse_whole(std::string_view text, T& value) {
  T parsed{};
  const auto end = std::from_chars(text.data(), text.data() + text.size(), parsed);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size()) return false;
  value = parsed;
  return true;
}

bool parse(std::string_view text, int& v) { return parse_whole(text, v); }
bool parse(std::string_view text, std::uint64_t& v) { return parse_whole(text, v); }
bool parse(std::string_view text, double& v) {
  double parsed = 0;
  if (!parse_whole(text, parsed) || !std::isfinite(parsed)) return false;
  v = parsed;
  return true;
}
bool parse(std::string_view text, bool& v) {
  if (text == "true" || text == "1") return v = true, true;
  if (text == "false" || text == "0") return v = false, true;
  return false;
}
bool parse(std::string_view text, std::string& v) {
  v = std::string(text);
  return true;
}

// The name in `names` of the enumerator `v`, which are all enumerators in order.
template <class Enum, std::size_t N>
bool parse_name(std::string_view text, const char* const (&names)[N], Enum& v) {
  for (std::size_t i = 0; i < N; ++i) {
    if (text == names[i]) return v = static_cast<Enum>(i), true;
  }
  return false;
}

constexpr const char* model_names[] = {"rc11_20", "rc11", "sc", "tso"};
constexpr memory_model models[] = {memory_model::rc11_20, memory_model::rc11, memory_model::sc,
                                   memory_model::tso};
bool parse(std::string_view text, memory_model& v) {
  for (std::size_t i = 0; i < std::size(models); ++i) {
    if (text == model_names[i]) return v = models[i], true;
  }
  return false;
}

constexpr const char* mode_names[] = {"exhaustive", "random", "pct"};
bool parse(std::string_view text, exploration_mode& v) { return parse_name(text, mode_names, v); }

bool parse(std::string_view text, shard_number& v) {
  const std::size_t slash = text.find('/');
  shard_number s;
  if (slash == std::string_view::npos || !parse(text.substr(0, slash), s.index) ||
      !parse(text.substr(slash + 1), s.count)) {
    return false;
  }
  if (s.count < 1 || s.index < 0 || s.index >= s.count) return false;
  v = s;
  return true;
}

// SITE=ORDER,SITE=ORDER
bool parse(std::string_view text, std::vector<order_override>& v) {
  std::vector<order_override> parsed;
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find(','));
    const std::size_t equals = one.rfind('=');
    if (equals == std::string_view::npos || equals == 0) return false;
    const std::optional<order> replacement = order_named(one.substr(equals + 1));
    if (!replacement) return false;
    parsed.push_back({std::string(one.substr(0, equals)), *replacement});
    text.remove_prefix(one.size() == text.size() ? one.size() : one.size() + 1);
  }
  v = std::move(parsed);
  return true;
}

// ONE,TWO: outcomes ("r0=0 r1=0") and site ids have no commas.
bool parse(std::string_view text, std::vector<std::string>& v) {
  std::vector<std::string> parsed;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    parsed.emplace_back(text.substr(0, comma));
    // An empty name is a slip, and so is a comma that nothing follows.
    if (parsed.back().empty() || comma + 1 == text.size()) return false;
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  v = std::move(parsed);
  return true;
}

std::string print(int v) { return std::to_string(v); }
std::string print(std::uint64_t v) { return std::to_string(v); }
std::string print(bool v) { return v ? "true" : "false"; }
std::string print(const std::string& v) { return v; }
std::string print(double v) {
  char text[32];
  return std::string(text, std::to_chars(text, text + sizeof text, v).ptr);
}
std::string print(memory_model v) { return to_string(v); }
std::string print(exploration_mode v) { return mode_names[static_cast<int>(v)]; }
std::string print(const shard_number& v) {
  return std::to_string(v.index) + "/" + std::to_string(v.count);
}
std::string print(const std::vector<std::string>& v) {
  std::string text;
  for (const std::string& one : v) text += (text.empty() ? "" : ",") + one;
  return text;
}
std::string print(const std::vector<order_override>& v) {
  std::string text;
  for (const order_override& o : v) {
    text += (text.empty() ? "" : ",") + o.site + "=" + order_name(o.replacement);
  }
  return text;
}

template <auto Field>
bool set_field(options& o, std::string_view text) {
  return parse(text, o.*Field);
}
template <auto Field>
std::string get_field(const options& o) {
  return print(o.*Field);
}
template <auto Field>
constexpr setting field(const char* name, const char* values, const char* help) {
  return {name, values, help, &set_field<Field>, &get_field<Field>};
}

}  // namespace

const std::vector<setting>& all_settings() {
  constexpr const char* number = "a number, 0 or more";
  constexpr const char* seconds = "seconds, 0 or more, such as 1.5";
  constexpr const char* flag = "true or false";
  constexpr const char* outcomes = "OUTCOME,OUTCOME, such as \"r0=0 r1=0,r0=1\"";
  static const std::vector<setting> table = {
      field<&options::model>("model", "rc11_20, rc11, sc or tso", "the memory model"),
      field<&options::jobs>("jobs", "a number, 0 for one for each hardware thread",
                            "OS threads that explore"),
      field<&options::max_executions>("max_executions", number,
                                      "stop after so many executions; 0: never"),
      field<&options::max_seconds>("max_seconds", seconds, "stop after so long; 0: never"),
      field<&options::max_events>("max_events", "a number, 1 or more",
                                  "events of one thread in one execution"),
      field<&options::max_steps>("max_steps", number, "steps of one thread in one execution"),
      field<&options::max_silent_seconds>(
          "max_silent_seconds", "a number, 1 or more",
          "seconds without a step after which a program counts as stuck"),
      field<&options::max_preemptions>("max_preemptions", "a number, -1 for no bound",
                                       "explore executions with so many preemptions alone"),
      field<&options::mode>("mode", "exhaustive, random or pct",
                            "every execution, or a sample of them"),
      field<&options::seed>("seed", number, "of a sample"),
      field<&options::walks>("walks", number, "of a sample; 0: until max_seconds"),
      field<&options::depth>("depth", "a number, 0 or more",
                             "of the failures that mode pct looks for"),
      field<&options::replay>("replay", "what a report says", "run this one execution"),
      field<&options::shard>("shard", "INDEX/COUNT, such as 0/8", "explore one share alone"),
      field<&options::checkpoint>("checkpoint", "a file", "note there what is left, go on from it"),
      field<&options::checkpoint_seconds>("checkpoint_seconds", seconds, "between two checkpoints"),
      field<&options::progress>("progress", seconds,
                                "between two lines on standard error; 0: on a terminal alone"),
      field<&options::overrides>("overrides", "SITE=ORDER,SITE=ORDER, such as DF7=relaxed",
                                 "other orders for some sites"),
      field<&options::spurious_failures>("spurious_failures", number,
                                         "of weak compare-exchanges, for each thread"),
      field<&options::spurious_wakeups>("spurious_wakeups", number,
                                        "of waits, for each thread"),
      field<&options::max_timeouts>("max_timeouts", number, "of timed waits, for each thread"),
      field<&options::reuse_addresses>("reuse_addresses", flag,
                                       "an allocation may return a freed address"),
      field<&options::limited_wakes>("limited_wakes", flag,
                                     "a wake call wakes no more sleepers than it counts"),
      field<&options::forbidden>("forbidden", outcomes, "an execution that shows one is a failure"),
      field<&options::reachable>("reachable", outcomes,
                                 "that no execution shows one of them is a failure"),
      field<&options::show>("show", "an outcome, such as \"r0=0 r1=0\"",
                            "stop at the first execution with it, and report it"),
      field<&options::rows>("rows", "SITE,SITE, such as DF7,DF8",
                            "sites to name in the report when no execution reaches them"),
      field<&options::coverage>("coverage", number,
                                "executions that the list of sites in a report looks at"),
      field<&options::minimise>("minimise", number,
                                "after a failure, look for a shorter one in twice so many runs"),
      field<&options::lint_load_buffering>("lint_load_buffering", flag,
                                           "report pairs that could be a load buffering"),
      field<&options::necessity>("necessity", flag,
                                 "of a MODEL_TEST that passes: which orders it needs"),
      field<&options::repair>("repair", flag,
                              "of a MODEL_TEST that fails: which stronger orders repair it"),
      field<&options::necessity_pairs>("necessity_pairs", flag,
                                       "necessity, and of pairs of orders"),
      field<&options::max_pair_checks>("max_pair_checks", number,
                                       "that necessity_pairs and repair spend on pairs; 0: all"),
      field<&options::check_leaks>("check_leaks", flag, "a block that is never freed is a failure"),
      field<&options::symmetry>("symmetry", flag,
                                "of executions that differ by a permutation of symmetric threads, "
                                "explore one"),
      field<&options::count_duplicates>("count_duplicates", flag,
                                        "check the engine: memory grows with the executions"),
      field<&options::stack_bytes>("stack_bytes", number, "of each thread"),
      field<&options::arena_bytes>("arena_bytes", number, "of allocations of each thread"),
  };
  return table;
}

std::string variable_of(std::string_view name) {
  std::string variable(prefix);
  for (const char c : name) variable += static_cast<char>(std::toupper(c));
  return variable;
}

std::string nearest_setting(std::string_view name) {
  std::string best;
  // Half of the letters wrong is another word.
  std::size_t least = name.size() / 2 + 1;
  for (const setting& s : all_settings()) {
    const std::size_t d = edit_distance(name, s.name);
    if (d >= least) continue;
    least = d;
    best = s.name;
  }
  return best;
}

namespace {

const setting* find(std::string_view name) {
  for (const setting& s : all_settings()) {
    if (name == s.name) return &s;
  }
  return nullptr;
}

std::string bad_value(const setting& s, const std::string& shown, std::string_view text) {
  return shown + ": \"" + std::string(text) + "\" is not " + s.values + "\n";
}

// `form` writes a name as the user does.
template <class Form>
std::string unknown(std::string_view name, Form form) {
  const std::string near = nearest_setting(name);
  std::string text = form(std::string(name)) + " is no setting";
  if (!near.empty()) text += "; did you mean " + form(near) + "?";
  return text + "\n";
}

}  // namespace

std::string apply_setting(options& o, std::string_view name, std::string_view text) {
  const setting* s = find(name);
  if (s == nullptr) return unknown(name, [](std::string n) { return n; });
  return s->set(o, text) ? "" : bad_value(*s, s->name, text);
}

std::string apply_environment(options& o, const char* const* environment) {
  std::string mistakes;
  for (; *environment != nullptr; ++environment) {
    const std::string_view entry = *environment;
    const std::size_t equals = entry.find('=');
    if (!entry.starts_with(prefix) || equals == std::string_view::npos) continue;
    std::string name;
    for (const char c : entry.substr(prefix.size(), equals - prefix.size())) {
      name += static_cast<char>(std::tolower(c));
    }
    const std::string_view text = entry.substr(equals + 1);
    const setting* s = find(name);
    if (s == nullptr) {
      mistakes += unknown(name, [](const std::string& n) { return variable_of(n); });
    } else if (!s->set(o, text)) {
      mistakes += bad_value(*s, variable_of(name), text);
    }
  }
  return mistakes;
}

std::string apply_flags(options& o, int& argc, char** argv) {
  std::string mistakes;
  int kept = 1;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (!argument.starts_with("--") || argument.starts_with("--gtest_") || argument == "--help") {
      argv[kept++] = argv[i];
      continue;
    }
    const std::size_t equals = argument.find('=');
    const std::string_view name =
        argument.substr(2, equals == std::string_view::npos ? std::string_view::npos : equals - 2);
    const std::string_view text =
        equals == std::string_view::npos ? "true" : argument.substr(equals + 1);
    const setting* s = find(name);
    if (s == nullptr) {
      mistakes += unknown(name, [](const std::string& n) { return "--" + n; });
    } else if (!s->set(o, text)) {
      mistakes += bad_value(*s, "--" + std::string(name), text);
    }
  }
  if (argc > 0) {
    argc = kept;
    argv[kept] = nullptr;
  }
  return mistakes;
}

std::string settings_help() {
  const options defaults;
  std::string text =
      "Settings of a check. Each flag is an environment variable, too: --jobs=2 is " +
      variable_of("jobs") + "=2.\n\n";
  for (const setting& s : all_settings()) {
    const std::string value = s.get(defaults);
    text += "  --" + std::string(s.name) + "=  " + s.help + "\n      " + s.values;
    text += (value.empty() ? "" : "; without it " + value) + "\n";
  }
  return text;
}

namespace {

std::vector<std::string>& process_flags() {
  static std::vector<std::string> flags;
  return flags;
}

}  // namespace

std::string take_process_settings(int& argc, char** argv) {
  std::vector<std::string> before(argv + (argc > 0 ? 1 : 0), argv + argc);
  options scratch;
  std::string mistakes = apply_environment(scratch, environ) + apply_flags(scratch, argc, argv);
  process_flags() = std::move(before);
  return mistakes;
}

options with_process_settings(options o) {
  const std::string mistakes = apply_environment(o, environ);
  if (!mistakes.empty()) fatal(mistakes.c_str());
  std::vector<std::string> flags = process_flags();
  std::string program = "check";
  std::vector<char*> argv = {program.data()};
  for (std::string& f : flags) argv.push_back(f.data());
  argv.push_back(nullptr);
  int argc = static_cast<int>(argv.size()) - 1;
  // take_process_settings has refused what is wrong here.
  static_cast<void>(apply_flags(o, argc, argv.data()));
  return o;
}

}  // namespace wyn::model
