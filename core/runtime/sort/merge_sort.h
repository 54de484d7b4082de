// A stable merge sort whose merges are parallel, too.
//
// A merge of two runs is cut at the middle of the longer one and at the place of that element in
// the other: O(n log n) work, O((log n)^3) span.
//
// Source: Cormen, Leiserson, Rivest, Stein, "Introduction to Algorithms", 3rd ed., section 27.3.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <utility>

#include "core/runtime/fork_join.h"
#include "core/runtime/sort/element.h"
#include "core/runtime/sort/insertion_sort.h"
#include "core/runtime/sort/merge_runs.h"
#include "core/runtime/sort/small_sort.h"

namespace wyn::detail {

template <class It, class Less>
class merge_sort {
 public:
  using value = std::iter_value_t<It>;

  /// What is not longer than `grain` is not forked. `buffer` has room for the whole range.
  merge_sort(scheduler& s, It first, value* buffer, std::size_t grain, const Less& less)
      : s_(s), first_(first), buffer_(buffer), grain_(grain), less_(less) {}

  /// Sorts elements [from, to), which lie in the buffer, into the range, or into the buffer. That
  /// is where they are afterwards, also when it throws.
  void sort(std::size_t from, std::size_t to, bool into_range) const {
    if (to - from <= small) return sort_piece(from, to, into_range);
    const std::size_t middle = from + (to - from) / 2;
    try {
      sort_halves(from, middle, to, !into_range);
    } catch (...) {
      if (into_range)
        std::move(buffer_ + from, buffer_ + to, at(from));
      else
        std::move(at(from), at(to), buffer_ + from);
      throw;
    }
    if (into_range) {
      merge(buffer_ + from, buffer_ + middle, buffer_ + middle, buffer_ + to, at(from));
    } else {
      merge(at(from), at(middle), at(middle), at(to), buffer_ + from);
    }
  }

 private:
  static constexpr bool is_plain = is_plain_element<value>;
  /// Insertion sort moves half of these a step.
  static constexpr std::size_t small = is_plain ? most_small_elements : 8;

  It at(std::size_t i) const { return first_ + static_cast<std::iter_difference_t<It>>(i); }

  void sort_halves(std::size_t from, std::size_t middle, std::size_t to, bool into_range) const {
    if (to - from > grain_) {
      fork_join(
          s_, [&] { sort(from, middle, into_range); }, [&] { sort(middle, to, into_range); });
      return;
    }
    try {
      sort(from, middle, into_range);
    } catch (...) {
      if (into_range) std::move(buffer_ + middle, buffer_ + to, at(middle));
      throw;
    }
    sort(middle, to, into_range);
  }

  void sort_piece(std::size_t from, std::size_t to, bool into_range) const {
    if (!into_range) return sort_in_place(buffer_ + from, buffer_ + to);
    std::move(buffer_ + from, buffer_ + to, at(from));
    sort_in_place(at(from), at(to));
  }

  template <class Iterator>
  void sort_in_place(Iterator begin, Iterator end) const {
    if constexpr (is_plain)
      small_sort(begin, end, less_);
    else
      insertion_sort(begin, end, less_);
  }

  /// Merges [a, a_end) and [b, b_end) to `out`; everything is there afterwards, also when it
  /// throws. Of equals those of `a` come first.
  template <class In, class Out>
  void merge(In a, In a_end, In b, In b_end, Out out) const {
    const auto size_a = a_end - a;
    const auto size_b = b_end - b;
    // With two elements a cut may leave both on one side.
    if (static_cast<std::size_t>(size_a + size_b) <= std::max(grain_, std::size_t{2})) {
      return merge_runs(a, a_end, b, b_end, out, less_);
    }
    In cut_a = a;
    In cut_b = b;
    try {
      if (size_a >= size_b) {
        cut_a += size_a / 2;
        cut_b = std::lower_bound(b, b_end, *cut_a, std::ref(less_));
      } else {
        cut_b += size_b / 2;
        cut_a = std::upper_bound(a, a_end, *cut_b, std::ref(less_));
      }
    } catch (...) {
      std::move(b, b_end, std::move(a, a_end, out));
      throw;
    }
    const Out middle = out + (cut_a - a) + (cut_b - b);
    fork_join(
        s_, [&] { merge(a, cut_a, b, cut_b, out); },
        [&] { merge(cut_a, a_end, cut_b, b_end, middle); });
  }

  scheduler& s_;
  const It first_;
  value* const buffer_;
  const std::size_t grain_;
  const Less& less_;
};

}  // namespace wyn::detail
