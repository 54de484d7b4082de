#include "models/litmus/c_answer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace wyn::litmus {

namespace {

bool is_valid(quantifier q, const c_answer& a) {
  switch (q) {
    case quantifier::exists: return a.positive != 0;
    case quantifier::not_exists: return a.positive == 0;
    case quantifier::forall: return a.negative == 0;
  }
  return false;
}

const char* kind_of(const c_litmus& test) {
  static constexpr const char* kinds[] = {"Allowed", "Forbidden", "Required"};
  return kinds[static_cast<int>(test.final.over)];
}

const char* how_often(const c_answer& a) {
  return a.positive == 0 ? "Never" : a.negative == 0 ? "Always" : "Sometimes";
}

bool is_address(const c_litmus& test, int v) {
  return v >= first_address && v < address_of(static_cast<int>(test.locations.size()));
}

std::string show(const c_litmus& test, int v) {
  if (!is_address(test, v)) return std::to_string(v);
  return test.locations[static_cast<std::size_t>(v - first_address)];
}

}  // namespace

c_answer answer(const c_litmus& test, const outcome& got) {
  c_answer a;
  a.race = got.verdict.failure == model::failure::data_race;
  if (a.race) return a;
  if (got.verdict.kind != model::verdict_kind::pass) {
    throw std::runtime_error(test.name + ": " + got.verdict.message);
  }
  a.cut = got.cut;
  for (const auto& [s, executions] : got.witnesses) {
    state seen;
    for (const std::size_t c : test.columns) seen.push_back(s[c]);
    const auto value_of = [&](const observable& o) {
      const auto at = std::find(test.observed.begin(), test.observed.end(), o);
      return seen[static_cast<std::size_t>(at - test.observed.begin())];
    };
    if (!holds(test.final.filter, value_of)) continue;
    (holds(test.final.body, value_of) ? a.positive : a.negative) += executions;
    a.states[seen] += executions;
  }
  a.valid = is_valid(test.final.over, a);
  return a;
}

std::string describe(const c_litmus& test, const outcome& got) {
  const c_answer a = answer(test, got);
  const std::string head = "Test " + test.name + " " + kind_of(test);
  if (a.race) {
    return head + "\nUndef\nFlag Data-Race\nCondition " + to_string(test.final) + "\n" +
           got.verdict.report;
  }
  std::string text = head + "\nStates " + std::to_string(a.states.size()) + "\n";
  for (const auto& [s, executions] : a.states) {
    for (std::size_t i = 0; i < s.size(); ++i) {
      text += (i == 0 ? "" : " ") + test.observed[i].text() + "=" + show(test, s[i]) + ";";
    }
    text += "\n";
  }
  // Witnesses are for and against the condition, observations for and against its proposition.
  const bool negated = test.final.over == quantifier::not_exists;
  const std::uint64_t with = negated ? a.negative : a.positive;
  const std::uint64_t against = negated ? a.positive : a.negative;
  text += a.valid ? "Ok\n" : "No\n";
  text += "Witnesses\nPositive: " + std::to_string(with) + " Negative: " +
          std::to_string(against) + "\n";
  if (a.cut) text += "Warning: loop unrolling limit reached\n";
  text += "Condition " + to_string(test.final) + "\n";
  text += "Observation " + test.name + " " + how_often(a) + " " + std::to_string(a.positive) +
          " " + std::to_string(a.negative) + "\n";
  return text;
}

std::string to_json(const c_litmus& test, const outcome& got, model::memory_model m) {
  using json = nlohmann::ordered_json;
  const c_answer a = answer(test, got);
  json j = {{"test", test.name}, {"model", to_string(m)}};
  j["kind"] = kind_of(test);
  j["race"] = a.race;
  j["condition"] = to_string(test.final);
  if (a.race) return j.dump();
  j["states"] = json::array();
  for (const auto& [s, executions] : a.states) {
    json values = json::object();
    for (std::size_t i = 0; i < s.size(); ++i) {
      if (is_address(test, s[i])) values[test.observed[i].text()] = show(test, s[i]);
      else values[test.observed[i].text()] = s[i];
    }
    j["states"].push_back({{"values", values}, {"executions", executions}});
  }
  j["executions"] = a.positive + a.negative;
  j["valid"] = a.valid;
  j["positive"] = a.positive;
  j["negative"] = a.negative;
  j["observation"] = how_often(a);
  j["cut"] = a.cut;
  return j.dump();
}

}  // namespace wyn::litmus
