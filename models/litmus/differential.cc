#include "models/litmus/differential.h"

#include <cstdint>
#include <set>

#include "models/litmus/reference.h"

namespace wyn::litmus {

namespace {

std::string show(const std::set<state>& states) {
  std::string text;
  for (const state& s : states) {
    text += " (";
    for (const int v : s) text += (text.back() == '(' ? "" : ",") + std::to_string(v);
    text += ")";
  }
  return text.substr(0, 2000);
}

std::string compare(const char* what, std::uint64_t wanted, std::uint64_t got) {
  if (wanted == got) return "";
  return std::string(what) + ": expected " + std::to_string(wanted) + ", got " +
         std::to_string(got) + "; ";
}

}  // namespace

std::string difference_from_reference(const program& p, model::memory_model m) {
  model::options o;
  o.model = m;
  o.count_duplicates = true;
  const outcome got = explore(p, o);
  const model::verdict& v = got.verdict;
  const reference wanted = enumerate(p, m);
  if (wanted.race) {
    return v.failure == model::failure::data_race ? "" : "a race is missed: " + v.message;
  }
  if (v.kind != model::verdict_kind::pass) return v.report;
  std::string text = compare("executions", wanted.executions, v.executions) +
                     compare("runs", wanted.executions, v.runs) +
                     compare("executions explored twice", 0, v.duplicates);
  if (got.states != wanted.states) {
    text += "states: expected" + show(wanted.states) + ", got" + show(got.states);
  }
  return text;
}

}  // namespace wyn::litmus
