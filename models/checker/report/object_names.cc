#include "models/checker/report/object_names.h"

#include <cctype>
#include <cstddef>
#include <set>

namespace wyn::model {

namespace {

std::uint64_t as_value(const void* address) { return reinterpret_cast<std::uintptr_t>(address); }

}  // namespace

object_names::object_names(const world& w, const std::vector<given_name>& names) : world_(w) {
  std::set<const void*> ambiguous;
  for (const given_name& n : names) {
    const auto known = names_.emplace(n.address, n.name).first;
    if (known->second != n.name) ambiguous.insert(n.address);
  }
  for (const void* a : ambiguous) names_.erase(a);
  std::map<std::string, int> uses;
  for (const auto& [address, name] : names_) ++uses[name];
  for (auto& [address, name] : names_) {
    if (uses[name] > 1) name += "@" + world_.describe(as_value(address));
  }
}

std::string object_names::object(const void* address) const {
  const auto known = names_.find(address);
  return known == names_.end() ? world_.describe(as_value(address)) : known->second;
}

std::string object_names::value(std::uint64_t v) const {
  const world::tagged_address t = world_.as_address(v);
  const auto known = names_.find(reinterpret_cast<const void*>(t.address));
  if (t.address == 0 || known == names_.end()) return world_.describe(v);
  const std::string text = "&" + known->second;
  return t.tag == 0 ? text : text + " tag " + std::to_string(t.tag);
}

std::string object_names::replace_in(std::string text) const {
  for (const auto& [address, name] : names_) {
    const std::string place = world_.describe(as_value(address));
    for (std::size_t at = 0; (at = text.find(place, at)) != std::string::npos;) {
      const std::size_t end = at + place.size();
      const bool whole =
          end == text.size() || std::isxdigit(static_cast<unsigned char>(text[end])) == 0;
      // The place within a name stays.
      const bool within = at > 0 && text[at - 1] == '@';
      if (whole && !within) text.replace(at, place.size(), name);
      at += whole && !within ? name.size() : place.size();
    }
  }
  return text;
}

}  // namespace wyn::model
