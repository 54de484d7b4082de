#include "models/check/std/site_names.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

#include "models/checker/calls.h"
#include "models/checker/in_program.h"

namespace wyn::check::detail {

namespace {

struct table {
  // By the addresses of the literals, which is quick; each translation unit may have its own.
  std::map<std::tuple<const char*, unsigned, const char*>, const char*> by_address;
  // One text for all of them. Nodes of a set stay where they are.
  std::set<std::string> texts;
};

std::string_view base_name(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace

const char* site_name(const place& at, const char* operation) {
  // A check runs on one OS thread, so a table of each thread's own needs no lock.
  static thread_local table names;
  const auto key = std::make_tuple(at.file, at.line, operation);
  const auto known = names.by_address.find(key);
  if (known != names.by_address.end()) return known->second;
  // The table outlives the execution and the model whose code asks.
  const outside_program engine;
  std::string text(base_name(at.file));
  text += ':' + std::to_string(at.line) + ' ' + operation;
  const char* name = names.texts.insert(std::move(text)).first->c_str();
  names.by_address.emplace(key, name);
  model::calls::remember_source(name, at.file, static_cast<int>(at.line));
  return name;
}

}  // namespace wyn::check::detail
