// A bounded queue, or ring: first in, first out; put answers whether there was room.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <variant>

#include "models/checker/linearizability/specification.h"
#include "models/checker/linearizability/specifications/hash.h"

namespace wyn::model {

template <class T, std::size_t Capacity>
class bounded_queue_of {
 public:
  struct put {
    using result = bool;
    T value;
    std::string text() const { return "put(" + detail::shown(value) + ")"; }
  };
  struct take {
    using result = std::optional<T>;
    std::string text() const { return "take()"; }
  };
  using operations = std::variant<put, take>;

  bool apply(const put& op) {
    if (items_.size() == Capacity) return false;
    items_.push_back(op.value);
    return true;
  }
  std::optional<T> apply(const take&) {
    if (items_.empty()) return std::nullopt;
    const T first = items_.front();
    items_.pop_front();
    return first;
  }

  bool operator==(const bounded_queue_of&) const = default;
  std::size_t hash() const { return detail::hash_of_range(items_); }

 private:
  std::deque<T> items_;
};

}  // namespace wyn::model
