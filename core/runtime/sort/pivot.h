// Which element a quicksort partitions by: a median of medians of three, of ever more elements in
// ever longer ranges, so that equal halves are likely where there are many elements to gain by it.
//
// Source: the pivot of Rust's driftsort and ipnsort (Bergdoll and Peters, 2024), which samples
// about n^0.53 elements; after Tukey's ninther (1978).
#pragma once

#include <cstddef>
#include <iterator>

namespace wyn::detail {

template <class It, class Less>
It median_of_three(It a, It b, It c, const Less& less) {
  const bool a_below_b = less(*a, *b);
  if (a_below_b != less(*a, *c)) return a;  // between the others
  return less(*b, *c) == a_below_b ? b : c;
}

/// Around each of the three there are `n` elements that may be asked.
template <class It, class Less>
It median_of_samples(It a, It b, It c, std::size_t n, const Less& less) {
  constexpr std::size_t worth_three_more = 8;
  if (n >= worth_three_more) {
    const auto eighth = static_cast<std::iter_difference_t<It>>(n / 8);
    a = median_of_samples(a, a + eighth * 4, a + eighth * 7, n / 8, less);
    b = median_of_samples(b, b + eighth * 4, b + eighth * 7, n / 8, less);
    c = median_of_samples(c, c + eighth * 4, c + eighth * 7, n / 8, less);
  }
  return median_of_three(a, b, c, less);
}

/// An element of [first, last), which has eight or more.
template <class It, class Less>
It choose_pivot(It first, It last, const Less& less) {
  const auto eighth = (last - first) / 8;
  const It b = first + eighth * 4;
  const It c = first + eighth * 7;
  if (last - first < 64) return median_of_three(first, b, c, less);
  return median_of_samples(first, b, c, static_cast<std::size_t>(eighth), less);
}

}  // namespace wyn::detail
