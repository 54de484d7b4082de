// Insertion sort: stable, for a few elements, of any type.
#pragma once

#include <iterator>
#include <utility>

#include "core/runtime/sort/element.h"

namespace wyn::detail {

/// [first, last) is sorted; so is [first, last] afterwards.
template <class It, class Less>
void insert_last(It first, It last, const Less& less) {
  if (first == last || !less(*last, *std::prev(last))) return;
  held_element<It> held(last);
  do {
    const It before = std::prev(held.hole);
    *held.hole = std::move(*before);
    held.hole = before;
  } while (held.hole != first && less(held.value, *std::prev(held.hole)));
}

template <class It, class Less>
void insertion_sort(It first, It last, const Less& less) {
  if (first == last) return;
  for (It next = std::next(first); next != last; ++next) insert_last(first, next, less);
}

}  // namespace wyn::detail
