// Sorting on several threads: a merge sort whose merges are parallel, too.
//
//     wyn::parallel_sort(v.begin(), v.end());
//     wyn::parallel_stable_sort(people.begin(), people.end(), by_name);
//
// Pieces of `grain` elements are sorted by std::sort or std::stable_sort and merged pairwise. A
// merge of two runs is cut at the middle of the longer one and at the place of that element in the
// other: O(n log n) work, O((log n)^3) span.
//
// The elements are moved into a buffer of the same size and back; it is allocated at the start
// (std::bad_alloc, with the range as it was). Moves must not throw. If `less` throws, its exception
// leaves, of several the leftmost piece's; the range then holds valid objects in some order, but,
// as after std::sort, an element may be lost: the one that a piece's sort held in its hand. Where
// these may be called: as in parallel.h.
//
// Source: Cormen, Leiserson, Rivest, Stein, "Introduction to Algorithms", 3rd ed., section 27.3.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "core/runtime/parallel.h"

namespace wyn {
namespace detail {

/// Room for `n` elements that are moved out of a range, and out of here again.
template <class T>
class sort_buffer {
 public:
  sort_buffer(scheduler& s, std::size_t n)
      : s_(s), n_(n), elements_(std::allocator<T>().allocate(n)) {}
  sort_buffer(const sort_buffer&) = delete;
  sort_buffer& operator=(const sort_buffer&) = delete;
  ~sort_buffer() {
    if (filled_) std::destroy_n(elements_, n_);
    std::allocator<T>().deallocate(elements_, n_);
  }

  template <class It>
  void take(It from, std::size_t grain) {
    for_pieces(s_, 0, n_, grain, [&](std::size_t begin, std::size_t end) {
      using offset = std::iter_difference_t<It>;
      std::uninitialized_move(from + static_cast<offset>(begin), from + static_cast<offset>(end),
                              elements_ + begin);
    });
    filled_ = true;
  }
  T* data() noexcept { return elements_; }

 private:
  scheduler& s_;
  std::size_t n_;
  T* elements_;
  bool filled_ = false;
};

template <class It, class Less>
class merge_sort {
 public:
  using value = std::iter_value_t<It>;

  merge_sort(scheduler& s, It first, value* buffer, std::size_t grain, bool stable,
             const Less& less)
      : s_(s), first_(first), buffer_(buffer), grain_(grain), stable_(stable), less_(less) {}

  /// Sorts elements [from, to), which lie in the buffer, into the range, or into the buffer. That
  /// is where they are afterwards, also when it throws.
  void sort(std::size_t from, std::size_t to, bool into_range) {
    if (to - from <= grain_) return sort_piece(from, to, into_range);
    const std::size_t middle = from + (to - from) / 2;
    try {
      fork_join(
          s_, [&] { sort(from, middle, !into_range); }, [&] { sort(middle, to, !into_range); });
    } catch (...) {
      if (into_range) std::move(buffer_ + from, buffer_ + to, at(from));
      else std::move(at(from), at(to), buffer_ + from);
      throw;
    }
    if (into_range) {
      merge(buffer_ + from, buffer_ + middle, buffer_ + middle, buffer_ + to, at(from));
    } else {
      merge(at(from), at(middle), at(middle), at(to), buffer_ + from);
    }
  }

 private:
  It at(std::size_t i) const { return first_ + static_cast<std::iter_difference_t<It>>(i); }

  template <class Iterator>
  void sort_in_place(Iterator begin, Iterator end) {
    if (stable_) std::stable_sort(begin, end, std::ref(less_));
    else std::sort(begin, end, std::ref(less_));
  }

  void sort_piece(std::size_t from, std::size_t to, bool into_range) {
    if (!into_range) return sort_in_place(buffer_ + from, buffer_ + to);
    std::move(buffer_ + from, buffer_ + to, at(from));
    sort_in_place(at(from), at(to));
  }

  /// Merges [a, a_end) and [b, b_end) to `out`; everything is there afterwards, also when it
  /// throws. Of equals those of `a` come first.
  template <class In, class Out>
  void merge(In a, In a_end, In b, In b_end, Out out) {
    const auto size_a = a_end - a;
    const auto size_b = b_end - b;
    // With two elements a cut may leave both on one side.
    if (static_cast<std::size_t>(size_a + size_b) <= std::max(grain_, std::size_t{2})) {
      return merge_piece(a, a_end, b, b_end, out);
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

  template <class In, class Out>
  void merge_piece(In a, In a_end, In b, In b_end, Out out) {
    struct rest {  // moves what is left when `less` throws
      In &a, &a_end, &b, &b_end;
      Out& out;
      ~rest() { std::move(b, b_end, std::move(a, a_end, out)); }
    } const moved{a, a_end, b, b_end, out};
    while (a != a_end && b != b_end) {
      In& next = less_(*b, *a) ? b : a;
      *out = std::move(*next);
      ++out;
      ++next;
    }
  }

  scheduler& s_;
  It first_;
  value* buffer_;
  std::size_t grain_;
  bool stable_;
  const Less& less_;
};

/// Pieces below this are not worth a fork.
inline constexpr std::size_t least_sort_grain = 1024;

template <class It, class Less>
void parallel_sort(scheduler& s, It first, It last, const Less& less, std::size_t grain,
                   bool stable) {
  using value = std::iter_value_t<It>;
  static_assert(std::is_nothrow_move_constructible_v<value> &&
                    std::is_nothrow_move_assignable_v<value>,
                "parallel_sort: moves of the elements must not throw (an exception among elements "
                "that are half moved would lose some)");
  const auto n = static_cast<std::size_t>(last - first);
  const std::size_t piece = grain != 0 ? grain : std::max(least_sort_grain, grain_of(s, n, 0));
  if (n <= piece) {
    if (stable) std::stable_sort(first, last, std::ref(less));
    else std::sort(first, last, std::ref(less));
    return;
  }
  sort_buffer<value> buffer(s, n);
  buffer.take(first, piece);
  merge_sort<It, Less>(s, first, buffer.data(), piece, stable, less).sort(0, n, true);
}

}  // namespace detail

/// Sorts [first, last) by `less`; the order of equal elements is not promised. `grain`: elements of
/// a piece that one thread sorts, or 0 for a good one.
template <std::random_access_iterator It, class Less = std::less<>>
void parallel_sort(runtime& rt, It first, It last, const Less& less = {}, std::size_t grain = 0) {
  detail::parallel_sort(rt.underlying(), first, last, less, grain, false);
}
template <std::random_access_iterator It, class Less = std::less<>>
void parallel_sort(It first, It last, const Less& less = {}, std::size_t grain = 0) {
  detail::parallel_sort(detail::scheduler_here(), first, last, less, grain, false);
}

/// The same; equal elements keep their order.
template <std::random_access_iterator It, class Less = std::less<>>
void parallel_stable_sort(runtime& rt, It first, It last, const Less& less = {},
                          std::size_t grain = 0) {
  detail::parallel_sort(rt.underlying(), first, last, less, grain, true);
}
template <std::random_access_iterator It, class Less = std::less<>>
void parallel_stable_sort(It first, It last, const Less& less = {}, std::size_t grain = 0) {
  detail::parallel_sort(detail::scheduler_here(), first, last, less, grain, true);
}

}  // namespace wyn
