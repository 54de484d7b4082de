// The hash of a specification's state.
#pragma once

#include <cstddef>
#include <functional>
#include <type_traits>

namespace wyn::model::detail {

/// Of any range of hashable values, in their order.
template <class Range>
std::size_t hash_of_range(const Range& values) {
  std::size_t sum = 0;
  for (const auto& v : values) {
    using value_type = std::decay_t<decltype(v)>;
    sum = sum * 1099511628211u + std::hash<value_type>()(v) + 1;
  }
  return sum;
}

}  // namespace wyn::model::detail
