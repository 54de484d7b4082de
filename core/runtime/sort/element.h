// What the sorts know about the type of the elements: whether copies are as cheap as looking, and
// where an element is that is held outside of the range for a while.
#pragma once

#include <iterator>
#include <type_traits>
#include <utility>

namespace wyn::detail {

/// Copied by a few instructions. Such elements are moved whatever a comparison says, and the answer
/// only decides where to: no branch depends on it, so none is mispredicted.
template <class T>
inline constexpr bool is_plain_element =
    std::is_trivially_copyable_v<T>&& std::is_trivially_copy_constructible_v<T>&&
        std::is_trivially_copy_assignable_v<T>&& std::is_trivially_destructible_v<T> &&
    sizeof(T) <= 4 * sizeof(void*);

/// `yes ? b : a`, for two places of one range. Compilers make a branch of that where they think it
/// cheap, and mispredict half of these.
template <class It>
It choose(bool yes, It a, It b) {
  return a + ((b - a) & -static_cast<std::iter_difference_t<It>>(yes));
}

/// An element that was moved out of the range. It goes to `hole` in the end, also when a comparison
/// throws: so none is lost.
template <class It>
struct held_element {
  explicit held_element(It from) : hole(from), value(std::move(*from)) {}
  held_element(const held_element&) = delete;
  held_element& operator=(const held_element&) = delete;
  ~held_element() { *hole = std::move(value); }

  It hole;
  std::iter_value_t<It> value;
};

}  // namespace wyn::detail
