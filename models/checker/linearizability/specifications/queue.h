// A queue: first in, first out; take from an empty one answers nothing.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <variant>

#include "models/checker/linearizability/specification.h"
#include "models/checker/linearizability/specifications/hash.h"

namespace wyn::model {

template <class T>
class queue_of {
 public:
  struct put {
    using result = void;
    T value;
    std::string text() const { return "put(" + detail::shown(value) + ")"; }
  };
  struct take {
    using result = std::optional<T>;
    std::string text() const { return "take()"; }
  };
  using operations = std::variant<put, take>;

  void apply(const put& op) { items_.push_back(op.value); }
  std::optional<T> apply(const take&) {
    if (items_.empty()) return std::nullopt;
    const T first = items_.front();
    items_.pop_front();
    return first;
  }

  bool operator==(const queue_of&) const = default;
  std::size_t hash() const { return detail::hash_of_range(items_); }

 private:
  std::deque<T> items_;
};

}  // namespace wyn::model
