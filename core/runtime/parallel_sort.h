// Sorting on several threads.
//
//     wyn::parallel_sort(v.begin(), v.end());
//     wyn::parallel_stable_sort(people.begin(), people.end(), by_name);
//
// parallel_sort is a quicksort in place (sort/quick_sort.h) and allocates nothing.
// parallel_stable_sort is a merge sort (sort/merge_sort.h): the elements are moved into a buffer of
// the same size and back; it is allocated at the start (std::bad_alloc, with the range as it was).
// Both make O(n log n) comparisons in the worst case, and find ranges that are sorted already in n.
//
// Moves must not throw. If `less` throws, its exception leaves, of several the leftmost piece's;
// the range then has all its elements, in some order. `less` is shared by the threads: it is called
// as const. Where these may be called: as in parallel.h. The whole sort is one task, so a shutdown
// that begins meanwhile waits for it; after that they throw spawn_error, with the range as it was,
// if there is something to fork.
#pragma once

#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <type_traits>

#include "core/runtime/parallel.h"
#include "core/runtime/sort/merge_sort.h"
#include "core/runtime/sort/one_run.h"
#include "core/runtime/sort/quick_sort.h"
#include "core/runtime/sort/sort_buffer.h"

namespace wyn {
namespace detail {

/// Pieces below this are not worth a fork.
inline constexpr std::size_t least_sort_grain = 1024;

template <class T>
inline constexpr bool is_sortable =
    std::is_nothrow_move_constructible_v<T>&& std::is_nothrow_move_assignable_v<T>;

/// As a pointer where it can be one: one instantiation for all of these.
template <class It>
auto plain_iterator(It at) {
  if constexpr (std::contiguous_iterator<It>)
    return std::to_address(at);
  else
    return at;
}

/// Calls `f` in a task of `s`: in the one that the caller is in, or as one. Otherwise each fork of
/// `f` would be a task of its own, and a shutdown between two of them make the second one throw.
template <class F>
void call_as_task(scheduler& s, const F& f) {
  if (running_scheduler == &s && running_participant != nullptr) return f();
  const inside_scope inside(s, bind_or_throw(s));
  f();
}

template <class It, class Less>
void parallel_sort(scheduler& s, It first, It last, const Less& less, std::size_t grain) {
  static_assert(is_sortable<std::iter_value_t<It>>,
                "parallel_sort: moves of the elements must not throw (an exception among elements "
                "that are half moved would lose some)");
  const std::size_t piece = grain != 0 ? grain : least_sort_grain;
  const auto sort = [&] { quick_sort<It, Less>(s, piece, less).sort(first, last); };
  if (static_cast<std::size_t>(last - first) <= piece) return sort();
  call_as_task(s, sort);
}

template <class It, class Less>
void parallel_stable_sort(scheduler& s, It first, It last, const Less& less, std::size_t grain) {
  using value = std::iter_value_t<It>;
  static_assert(is_sortable<value>,
                "parallel_stable_sort: moves of the elements must not throw (an exception among "
                "elements that are half moved would lose some)");
  const auto n = static_cast<std::size_t>(last - first);
  if (n < 2 || sort_one_run(first, last, less)) return;
  const std::size_t piece = grain != 0 ? grain : least_sort_grain;
  const auto sort = [&] {
    sort_buffer<value> buffer(s, n);
    buffer.take(first, piece);
    merge_sort<It, Less>(s, first, buffer.data(), piece, less).sort(0, n, true);
  };
  if (n <= piece) return sort();
  call_as_task(s, sort);
}

}  // namespace detail

/// Sorts [first, last) by `less`; the order of equal elements is not promised. `grain`: elements of
/// a piece that one thread sorts, or 0 for a good one.
template <std::random_access_iterator It, class Less = std::less<>>
void parallel_sort(runtime& rt, It first, It last, const Less& less = {}, std::size_t grain = 0) {
  detail::parallel_sort(rt.underlying(), detail::plain_iterator(first),
                        detail::plain_iterator(last), less, grain);
}
template <std::random_access_iterator It, class Less = std::less<>>
void parallel_sort(It first, It last, const Less& less = {}, std::size_t grain = 0) {
  detail::parallel_sort(detail::scheduler_here(), detail::plain_iterator(first),
                        detail::plain_iterator(last), less, grain);
}

/// The same; equal elements keep their order.
template <std::random_access_iterator It, class Less = std::less<>>
void parallel_stable_sort(runtime& rt, It first, It last, const Less& less = {},
                          std::size_t grain = 0) {
  detail::parallel_stable_sort(rt.underlying(), detail::plain_iterator(first),
                               detail::plain_iterator(last), less, grain);
}
template <std::random_access_iterator It, class Less = std::less<>>
void parallel_stable_sort(It first, It last, const Less& less = {}, std::size_t grain = 0) {
  detail::parallel_stable_sort(detail::scheduler_here(), detail::plain_iterator(first),
                               detail::plain_iterator(last), less, grain);
}

}  // namespace wyn
