// Partition: those elements first that `goes_left` says yes to. No branch depends on its answers.
//
// Plain elements go by Lomuto's scheme as a cycle: the gap that an element held outside leaves
// behind walks through the range, and each element is written twice whatever the answer is. Others
// are not moved for nothing: at both ends those on the wrong side are noted for a block, and then
// exchanged.
//
// Sources: Edelkamp & Weiß, "BlockQuicksort: How Branch Mispredictions don't affect Quicksort", ESA
// 2016, algorithm 3; Lomuto's scheme after Bentley, "Programming Pearls", column 11; as a cycle
// after Bergdoll and Peters, ipnsort, 2024.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "core/runtime/sort/element.h"

namespace wyn::detail {

template <class It, class GoesLeft>
It cut_by_cycle(It first, It last, const GoesLeft& goes_left) {
  if (first == last) return first;
  held_element<It> held(first);
  It left = first;  // behind those that go left; what stands from here to the gap goes right
  for (It next = std::next(first); next != last; ++next) {
    const bool goes = goes_left(*next);
    *held.hole = *left;
    *left = *next;
    held.hole = next;
    left += goes;
  }
  const bool goes = goes_left(held.value);
  *held.hole = *left;
  held.hole = left;
  return left + goes;
}

/// Elements of a block at one end of the range that belong to the other end. Forwards, it is the
/// left end.
template <class It, bool Forwards>
class misplaced_block {
 public:
  static constexpr std::size_t most = 64;

  bool empty() const { return begin_ == end_; }
  std::size_t count() const { return end_ - begin_; }
  It operator[](std::size_t i) const { return place(begin_ + i); }
  void drop_first(std::size_t n) { begin_ += n; }
  It take_last() { return place(--end_); }

  /// Looks at the `n` elements from `at` on, those at `at - 1` and before when not forwards; there
  /// is none noted any more. The place behind them. The argument of `belongs` is an element.
  template <class Belongs>
  It note(It at, std::size_t n, const Belongs& belongs) {
    base_ = at;
    begin_ = end_ = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if constexpr (!Forwards) --at;
      offsets_[end_] = static_cast<unsigned char>(i);
      end_ += !belongs(*at);
      if constexpr (Forwards) ++at;
    }
    return at;
  }

 private:
  It place(std::size_t i) const {
    const auto offset = static_cast<std::iter_difference_t<It>>(offsets_[i]);
    return Forwards ? base_ + offset : base_ - offset - 1;
  }

  It base_{};
  std::size_t begin_ = 0, end_ = 0;
  unsigned char offsets_[most];
};

/// Exchanges as many as there are in both.
template <class It>
void exchange(misplaced_block<It, true>& left, misplaced_block<It, false>& right) {
  const std::size_t n = std::min(left.count(), right.count());
  if (n == 0) return;
  held_element<It> held(left[0]);
  *left[0] = std::move(*right[0]);
  held.hole = right[0];
  for (std::size_t i = 1; i < n; ++i) {
    *held.hole = std::move(*left[i]);
    *left[i] = std::move(*right[i]);
    held.hole = right[i];
  }
  left.drop_first(n);
  right.drop_first(n);
}

template <class It, class GoesLeft>
It cut_by_blocks(It first, It last, const GoesLeft& goes_left) {
  misplaced_block<It, true> left;
  misplaced_block<It, false> right;
  const auto goes_right = [&](const auto& x) { return !goes_left(x); };
  while (first != last) {  // these were not looked at
    const auto n = static_cast<std::size_t>(last - first);
    if (left.empty()) {
      first = left.note(first, std::min(left.most, right.empty() ? n / 2 : n), goes_left);
    }
    if (right.empty()) {
      const auto rest = static_cast<std::size_t>(last - first);
      last = right.note(last, std::min(right.most, rest), goes_right);
    }
    exchange(left, right);
  }
  while (!left.empty()) std::iter_swap(left.take_last(), --first);
  while (!right.empty()) std::iter_swap(right.take_last(), first++);
  return first;
}

/// The place behind the last element that goes left. If `goes_left` throws, the range has its
/// elements in some order.
template <class It, class GoesLeft>
It cut_range(It first, It last, const GoesLeft& goes_left) {
  if constexpr (is_plain_element<std::iter_value_t<It>>) {
    return cut_by_cycle(first, last, goes_left);
  } else {
    return cut_by_blocks(first, last, goes_left);
  }
}

}  // namespace wyn::detail
