#include "models/export/symbols.h"

#include <cctype>
#include <cstdio>

namespace wyn::model_export {

namespace {

// "main.heap+0x40" and "event count" as identifiers.
std::string identifier(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 3, "+0x") == 0) {
      result += '_';
      i += 2;
    } else if (std::isalnum(static_cast<unsigned char>(text[i])) != 0) {
      result += text[i];
    } else {
      result += '_';
    }
  }
  return result;
}

std::string number(std::uint64_t v) {
  constexpr std::int64_t readable = 1'000'000;
  const auto n = static_cast<std::int64_t>(v);
  if (n > -readable && n < readable) return std::to_string(n);
  char text[32];
  std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(v));
  return n > 0 ? std::string(text) + "LL" : "(long long)" + std::string(text) + "ULL";
}

}  // namespace

symbols::symbols(const recording& r) : recording_(r) {
  for (const auto& [object, name] : r.names) ++uses_[name];
}

std::string symbols::place(std::uint64_t address) const {
  const auto known = recording_.places.find(address);
  return known == recording_.places.end() ? "" : known->second;
}

std::string symbols::base_name(std::uintptr_t object) const {
  for (std::size_t t = 0; t < recording_.threads.size(); ++t) {
    if (object == result_object(static_cast<int>(t))) return "result_" + std::to_string(t);
  }
  const std::string where = identifier(place(object));
  const auto name = recording_.names.find(object);
  if (name == recording_.names.end() || name->second == "?") return "at_" + where;
  const std::string known = identifier(name->second);
  return uses_.at(name->second) == 1 ? known : known + "_at_" + where;
}

std::string symbols::variable(std::uintptr_t object, bool plain) {
  std::string& name = variables_[{object, plain}];
  if (!name.empty()) return name;
  name = base_name(object);
  const auto other = variables_.find({object, !plain});
  if (other != variables_.end() && other->second == name) name += plain ? "_plain" : "_atomic";
  return name;
}

bool symbols::is_address(std::uint64_t v) const { return !place(v).empty(); }

std::string symbols::value(std::uint64_t v) {
  if (!is_address(v)) return number(v);
  return addresses_[v] = "to_" + identifier(place(v));
}

std::string symbols::declarations() const {
  std::string text;
  for (const auto& [key, name] : variables_) {
    const auto& [object, plain] = key;
    const auto initial = recording_.initial.find(object);
    const std::uint64_t v = initial == recording_.initial.end() ? 0 : initial->second;
    const auto pointer = addresses_.find(v);
    text += plain ? "long long " : "atomic_llong ";
    text += name + " = " + (pointer == addresses_.end() ? number(v) : pointer->second) + ";\n";
  }
  if (addresses_.empty()) return text;
  std::string constants = "/* Addresses, where they are values: any numbers that differ. */\n";
  constants += "enum {\n";
  int n = 1000;
  for (const auto& [address, name] : addresses_) {
    constants += "  " + name + " = " + std::to_string(n++ * 1000) + ",\n";
  }
  return constants + "};\n\n" + text;
}

}  // namespace wyn::model_export
