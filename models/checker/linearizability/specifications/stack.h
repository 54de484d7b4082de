// A stack: last in, first out; pop of an empty one answers nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/checker/linearizability/specification.h"
#include "models/checker/linearizability/specifications/hash.h"

namespace wyn::model {

template <class T>
class stack_of {
 public:
  struct push {
    using result = void;
    T value;
    std::string text() const { return "push(" + detail::shown(value) + ")"; }
  };
  struct pop {
    using result = std::optional<T>;
    std::string text() const { return "pop()"; }
  };
  using operations = std::variant<push, pop>;

  void apply(const push& op) { items_.push_back(op.value); }
  std::optional<T> apply(const pop&) {
    if (items_.empty()) return std::nullopt;
    const T top = items_.back();
    items_.pop_back();
    return top;
  }

  bool operator==(const stack_of&) const = default;
  std::size_t hash() const { return detail::hash_of_range(items_); }

 private:
  std::vector<T> items_;
};

}  // namespace wyn::model
