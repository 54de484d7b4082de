// Merges two runs to another place; of equals those of the first run come first.
//
// Plain elements are merged from both ends at once: two chains of comparisons that do not wait for
// each other, and no branch depends on them. How many steps can be made before a run may be used up
// at one of its ends is known beforehand.
//
// Exceptions: whatever a comparison throws, all elements are at the new place.
//
// Source: Bergdoll and Peters, driftsort, 2024 (merges from both ends).
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "core/runtime/sort/element.h"

namespace wyn::detail {

template <class In, class Out>
struct two_runs {
  In a, a_end, b, b_end;
  Out out;

  two_runs(In a_begin, In a_last, In b_begin, In b_last, Out to)
      : a(a_begin), a_end(a_last), b(b_begin), b_end(b_last), out(to) {}
  two_runs(const two_runs&) = delete;
  two_runs& operator=(const two_runs&) = delete;
  /// What is left keeps its order.
  ~two_runs() { std::move(b, b_end, std::move(a, a_end, out)); }

  /// Steps that can be made from both ends at once.
  std::ptrdiff_t sure_steps() const { return std::min(a_end - a, b_end - b) / 2; }
};

template <class In, class Out, class Less>
void merge_from_both_ends(two_runs<In, Out>& runs, const Less& less) {
  constexpr std::ptrdiff_t worth_it = 4;
  for (std::ptrdiff_t steps; (steps = runs.sure_steps()) >= worth_it;) {
    auto& [a, a_end, b, b_end, out] = runs;
    Out out_end = out + (a_end - a) + (b_end - b);
    for (; steps > 0; --steps) {
      const bool b_first = less(*b, *a);
      *out = *choose(b_first, a, b);
      ++out;
      b += b_first;
      a += !b_first;
      const In last_a = std::prev(a_end), last_b = std::prev(b_end);
      const bool a_last = less(*last_b, *last_a);
      *--out_end = *choose(a_last, last_b, last_a);
      a_end -= a_last;
      b_end -= !a_last;
    }
  }
}

/// [a, a_end) and [b, b_end) to `out`.
template <class In, class Out, class Less>
void merge_runs(In a_begin, In a_last, In b_begin, In b_last, Out to, const Less& less) {
  two_runs<In, Out> runs(a_begin, a_last, b_begin, b_last, to);
  if (runs.a == runs.a_end || runs.b == runs.b_end) return;
  if (!less(*runs.b, *std::prev(runs.a_end))) return;  // one run already
  if constexpr (is_plain_element<std::iter_value_t<In>>) merge_from_both_ends(runs, less);
  while (runs.a != runs.a_end && runs.b != runs.b_end) {
    if (less(*runs.b, *runs.a))
      *runs.out = std::move(*runs.b++);
    else
      *runs.out = std::move(*runs.a++);
    ++runs.out;
  }
}

}  // namespace wyn::detail
