// A set: insert and erase answer whether they changed it.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <variant>

#include "models/checker/linearizability/specification.h"
#include "models/checker/linearizability/specifications/hash.h"

namespace wyn::model {

template <class T>
class set_of {
 public:
  struct insert {
    using result = bool;
    T value;
    std::string text() const { return "insert(" + detail::shown(value) + ")"; }
  };
  struct erase {
    using result = bool;
    T value;
    std::string text() const { return "erase(" + detail::shown(value) + ")"; }
  };
  struct contains {
    using result = bool;
    T value;
    std::string text() const { return "contains(" + detail::shown(value) + ")"; }
  };
  using operations = std::variant<insert, erase, contains>;

  bool apply(const insert& op) { return values_.insert(op.value).second; }
  bool apply(const erase& op) { return values_.erase(op.value) != 0; }
  bool apply(const contains& op) { return values_.count(op.value) != 0; }

  bool operator==(const set_of&) const = default;
  std::size_t hash() const { return detail::hash_of_range(values_); }

 private:
  std::set<T> values_;
};

}  // namespace wyn::model
