// Heap sort by swaps: O(n log n) comparisons whatever the order, no memory, and no element is lost
// when a comparison throws. The way out for a quicksort whose pivots are bad.
//
// Source: Williams, "Algorithm 232: Heapsort", CACM 7(6), 1964.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace wyn::detail {

/// The subtrees under `root` in a heap of `n` elements are heaps; with `root` they are one
/// afterwards.
template <class It, class Less>
void sift_down(It first, std::size_t root, std::size_t n, const Less& less) {
  const auto at = [first](std::size_t i) {
    return first + static_cast<std::iter_difference_t<It>>(i);
  };
  for (std::size_t child; (child = 2 * root + 1) < n; root = child) {
    if (child + 1 < n && less(*at(child), *at(child + 1))) ++child;
    if (!less(*at(root), *at(child))) return;
    std::iter_swap(at(root), at(child));
  }
}

template <class It, class Less>
void heap_sort(It first, It last, const Less& less) {
  const auto n = static_cast<std::size_t>(last - first);
  for (std::size_t root = n / 2; root-- > 0;) sift_down(first, root, n, less);
  for (std::size_t end = n; end-- > 1;) {
    std::iter_swap(first, first + static_cast<std::iter_difference_t<It>>(end));
    sift_down(first, 0, end, less);
  }
}

}  // namespace wyn::detail
