// Stable sort of at most 32 plain elements: quarters by a network, then merges from both ends at
// once. No branch depends on a comparison, unless `less` itself has one.
//
// The network is that of odd-even transposition: it compares neighbours only, so equals keep their
// order. A merge of two equal halves from both ends needs no look at how far they are used up:
// before the middle neither end can have taken a whole half.
//
// Sources: Knuth, TAOCP vol. 3, 2nd ed., section 5.3.4, exercise 37 (the network); Bergdoll and
// Peters, driftsort, 2024 (merges from both ends).
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "core/runtime/sort/element.h"

namespace wyn::detail {

inline constexpr std::size_t most_small_elements = 32;

/// A plain element as words, which are exchanged by masks: compilers make branches of a choice
/// between two elements as they please.
template <class T>
struct element_words {
  static constexpr std::size_t count = (sizeof(T) + 7) / 8;
  std::uint64_t words[count];

  element_words() = default;
  explicit element_words(const T& value) noexcept {
    words[count - 1] = 0;
    std::memcpy(words, &value, sizeof(T));
  }
  T value() const noexcept {
    struct bytes {
      unsigned char of[sizeof(T)];
    } copy;
    std::memcpy(&copy, words, sizeof(T));
    return std::bit_cast<T>(copy);
  }
};

/// Puts two elements in order.
template <class T, class Less>
[[gnu::always_inline]] inline void order_two(element_words<T>& a, element_words<T>& b,
                                             const Less& less) {
  const std::uint64_t mask = -std::uint64_t{less(b.value(), a.value())};
  for (std::size_t i = 0; i < a.count; ++i) {
    const std::uint64_t change = (a.words[i] ^ b.words[i]) & mask;
    a.words[i] ^= change;
    b.words[i] ^= change;
  }
}

/// Orders the neighbours I, I + 1, then I + 2, I + 3, and so on, of N elements.
template <std::size_t I, std::size_t N, class T, class Less>
[[gnu::always_inline]] inline void order_neighbours(element_words<T>* v, const Less& less) {
  if constexpr (I + 1 < N) {
    order_two(v[I], v[I + 1], less);
    order_neighbours<I + 2, N>(v, less);
  }
}
template <std::size_t Rounds, std::size_t N, class T, class Less>
[[gnu::always_inline]] inline void transpose(element_words<T>* v, const Less& less) {
  if constexpr (Rounds > 0) {
    order_neighbours<(N - Rounds) % 2, N>(v, less);
    transpose<Rounds - 1, N>(v, less);
  }
}

/// Copies N elements to `to`, in order.
template <std::size_t N, class It, class T, class Less>
void sort_network(It from, T* to, const Less& less) {
  using offset = std::iter_difference_t<It>;
  element_words<T> v[N];
  for (std::size_t i = 0; i < N; ++i) v[i] = element_words<T>(from[static_cast<offset>(i)]);
  transpose<N, N>(v, less);
  for (std::size_t i = 0; i < N; ++i) to[i] = v[i].value();
}

/// The same for `n` elements, two to eight.
template <class It, class T, class Less>
void sort_few(It from, std::size_t n, T* to, const Less& less) {
  switch (n) {
    case 2: return sort_network<2>(from, to, less);
    case 3: return sort_network<3>(from, to, less);
    case 4: return sort_network<4>(from, to, less);
    case 5: return sort_network<5>(from, to, less);
    case 6: return sort_network<6>(from, to, less);
    case 7: return sort_network<7>(from, to, less);
    case 8: return sort_network<8>(from, to, less);
  }
}

/// Merges the first half of the `n` elements at `from` with the rest, which may be longer by one.
template <class T, class Out, class Less>
void merge_halves(const T* from, std::size_t n, Out to, const Less& less) {
  const auto half = static_cast<std::ptrdiff_t>(n / 2);
  const T *left = from, *right = from + half;
  const T *left_end = right - 1, *right_end = from + n - 1;
  Out out = to, out_end = to + static_cast<std::iter_difference_t<Out>>(n - 1);
  for (std::ptrdiff_t i = 0; i < half; ++i) {
    const bool right_first = less(*right, *left);
    *out = *(right_first ? right : left);
    ++out;
    right += right_first;
    left += !right_first;
    const bool left_last = less(*right_end, *left_end);
    *out_end = *(left_last ? left_end : right_end);
    --out_end;
    left_end -= left_last;
    right_end -= !left_last;
  }
  if (n % 2 != 0) *out = *(left <= left_end ? left : right);
}

/// Copies 2 to most_small_elements elements from `from` to `to`, in order. `spare` has room for as
/// many.
template <class It, class T, class Less>
void sort_halves(It from, std::size_t n, T* to, T* spare, const Less& less) {
  if (n <= 8) return sort_few(from, n, to, less);
  const std::size_t half = n / 2;
  sort_few(from, half, spare, less);
  sort_few(from + static_cast<std::iter_difference_t<It>>(half), n - half, spare + half, less);
  merge_halves(spare, n, to, less);
}

/// Sorts at most most_small_elements. If `less` throws, the elements are there in some order.
template <class It, class Less>
void small_sort(It first, It last, const Less& less) {
  using value = std::iter_value_t<It>;
  const auto n = static_cast<std::size_t>(last - first);
  if (n < 2) return;
  // Elements that are copied in begin their lives here: they are trivial.
  alignas(value) unsigned char bytes[2 * most_small_elements * sizeof(value)];
  value* const sorted = reinterpret_cast<value*>(bytes);
  value* const spare = sorted + most_small_elements;
  if (n <= 16) {
    sort_halves(first, n, sorted, spare, less);
    std::copy_n(sorted, n, first);
    return;
  }
  const std::size_t half = n / 2;
  sort_halves(first, half, sorted, spare, less);
  sort_halves(first + static_cast<std::iter_difference_t<It>>(half), n - half, sorted + half, spare,
              less);
  try {
    merge_halves(sorted, n, first, less);
  } catch (...) {
    std::copy_n(sorted, n, first);
    throw;
  }
}

}  // namespace wyn::detail
