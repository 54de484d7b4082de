// Quicksort in place, whose two halves are forked: O(n log n) comparisons in the worst case.
//
// Not in the textbook: runs that are in order already, or in reverse, are found before they are
// cut; elements equal to an earlier pivot are set apart in one pass, so that k distinct elements
// take O(n log k); small ranges are sorted without branches; after 2 log2(n) cuts, which only bad
// pivots bring about, heap sort takes over. Nothing is random: the same range is always sorted by
// the same steps.
//
// Exceptions: whatever a comparison throws, each element is still in the range.
//
// Sources: Peters, "Pattern-defeating Quicksort", arXiv:2106.05123, 2021; Musser, "Introspective
// Sorting and Selection Algorithms", Software Practice and Experience 27(8), 1997.
#pragma once

#include <bit>
#include <cstddef>
#include <iterator>

#include "core/runtime/fork_join.h"
#include "core/runtime/sort/element.h"
#include "core/runtime/sort/heap_sort.h"
#include "core/runtime/sort/insertion_sort.h"
#include "core/runtime/sort/one_run.h"
#include "core/runtime/sort/parallel_partition.h"
#include "core/runtime/sort/partition.h"
#include "core/runtime/sort/pivot.h"
#include "core/runtime/sort/small_sort.h"

namespace wyn::detail {

template <class It, class Less>
class quick_sort {
 public:
  /// Ranges of at most `grain` elements are not forked.
  quick_sort(scheduler& s, std::size_t grain, const Less& less)
      : s_(s), grain_(grain), less_(less) {}

  void sort(It first, It last) const {
    const auto n = static_cast<std::size_t>(last - first);
    sort(first, last, true, 2 * std::bit_width(n));
  }

 private:
  static constexpr bool is_plain = is_plain_element<std::iter_value_t<It>>;
  /// Insertion sort moves half of these a step.
  static constexpr std::size_t small = is_plain ? most_small_elements : 20;
  /// Shorter ranges are sorted before it has paid to look for a run.
  static constexpr std::size_t worth_a_look = 128;

  // `leftmost`: there is no element before `first`; otherwise that is a pivot, in its place.
  void sort(It first, It last, bool leftmost, int cuts_left) const {
    for (;;) {
      const auto n = static_cast<std::size_t>(last - first);
      if (n <= small) return sort_small(first, last);
      if (n >= worth_a_look && sort_one_run(first, last, less_)) return;
      if (cuts_left-- == 0) return heap_sort(first, last, less_);
      std::iter_swap(first, choose_pivot(first, last, less_));
      if (!leftmost && !less_(*std::prev(first), *first)) {
        first = behind_equals(first, last);
        continue;
      }
      const It cut = cut_by_first(first, last);
      if (n > grain_) {
        fork_join(
            s_, [&] { sort(first, cut, leftmost, cuts_left); },
            [&] { sort(std::next(cut), last, false, cuts_left); });
        return;
      }
      sort(first, cut, leftmost, cuts_left);
      first = std::next(cut);
      leftmost = false;
    }
  }

  [[gnu::noinline]] void sort_small(It first, It last) const {
    if constexpr (is_plain)
      small_sort(first, last, less_);
    else
      insertion_sort(first, last, less_);
  }

  // Puts the pivot, which is the first, between those below it and the others. Its place.
  It cut_by_first(It first, It last) const {
    const auto is_below = [this](const auto& pivot) {
      return [&pivot, this](const auto& x) { return less_(x, pivot); };
    };
    const It end = partition_by(first, last, is_below);
    std::iter_swap(first, std::prev(end));
    return std::prev(end);
  }

  // No element is below the first. The place behind those that equal it, which are put in front.
  It behind_equals(It first, It last) const {
    const auto is_not_above = [this](const auto& pivot) {
      return [&pivot, this](const auto& x) { return !less_(pivot, x); };
    };
    return partition_by(first, last, is_not_above);
  }

  // `side` makes a predicate of the first element, by which the others are cut.
  template <class Side>
  It partition_by(It first, It last, const Side& side) const {
    if constexpr (is_plain) {
      const auto pivot = *first;  // where no store into the range can be taken for a change of it
      return cut(std::next(first), last, side(pivot));
    } else {
      return cut(std::next(first), last, side(*first));
    }
  }

  template <class GoesLeft>
  It cut(It first, It last, const GoesLeft& goes_left) const {
    const auto n = static_cast<std::size_t>(last - first);
    const std::size_t parts = n > grain_ ? cut_parts(s_, n) : 1;
    if (parts > 1) return partition_together(s_, first, last, parts, goes_left);
    return cut_range(first, last, goes_left);
  }

  scheduler& s_;
  const std::size_t grain_;
  const Less& less_;
};

}  // namespace wyn::detail
