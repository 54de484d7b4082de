// A register, with compare-and-swap; it starts as T{}.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <variant>

#include "models/checker/linearizability/specification.h"

namespace wyn::model {

template <class T>
class register_of {
 public:
  struct write {
    using result = void;
    T value;
    std::string text() const { return "write(" + detail::shown(value) + ")"; }
  };
  struct read {
    using result = T;
    std::string text() const { return "read()"; }
  };
  struct compare_and_swap {
    using result = bool;
    T expected;
    T desired;
    std::string text() const {
      return "compare_and_swap(" + detail::shown(expected) + ", " + detail::shown(desired) + ")";
    }
  };
  using operations = std::variant<write, read, compare_and_swap>;

  void apply(const write& op) { value_ = op.value; }
  T apply(const read&) { return value_; }
  bool apply(const compare_and_swap& op) {
    if (value_ != op.expected) return false;
    value_ = op.desired;
    return true;
  }

  bool operator==(const register_of&) const = default;
  std::size_t hash() const { return std::hash<T>()(value_); }

 private:
  T value_{};
};

}  // namespace wyn::model
