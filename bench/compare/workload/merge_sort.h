// A merge sort whose merges are parallel, too; pieces of `grain` elements are not forked any more.
//
// Source: Cormen, Leiserson, Rivest, Stein, "Introduction to Algorithms", 3rd ed., section 27.3.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace wyn::bench::compare {

template <class System>
class merge_sort {
 public:
  using value = std::uint64_t;

  merge_sort(System& s, value* data, value* buffer, std::size_t grain)
      : s_(s), data_(data), buffer_(buffer), grain_(grain) {}

  /// Sorts elements [from, to) of the data, and leaves them there or in the buffer.
  void sort(std::size_t from, std::size_t to, bool into_buffer) {
    if (to - from <= 16) return insert(from, to, into_buffer);
    const std::size_t middle = from + (to - from) / 2;
    if (to - from <= grain_) {
      sort(from, middle, !into_buffer);
      sort(middle, to, !into_buffer);
    } else {
      s_.fork([&] { sort(from, middle, !into_buffer); }, [&] { sort(middle, to, !into_buffer); });
    }
    value* const in = into_buffer ? data_ : buffer_;
    value* const out = into_buffer ? buffer_ : data_;
    merge(in + from, in + middle, in + middle, in + to, out + from);
  }

 private:
  void insert(std::size_t from, std::size_t to, bool into_buffer) {
    for (std::size_t i = from + 1; i < to; ++i) {
      const value x = data_[i];
      std::size_t k = i;
      for (; k > from && data_[k - 1] > x; --k) data_[k] = data_[k - 1];
      data_[k] = x;
    }
    if (into_buffer) std::copy(data_ + from, data_ + to, buffer_ + from);
  }

  // Cuts the longer run at its middle and the other at the place of that element.
  void merge(value* a, value* a_end, value* b, value* b_end, value* out) {
    if (static_cast<std::size_t>((a_end - a) + (b_end - b)) <= grain_) {
      return merge_here(a, a_end, b, b_end, out);
    }
    if (a_end - a < b_end - b) {
      std::swap(a, b);
      std::swap(a_end, b_end);
    }
    value* const cut_a = a + (a_end - a) / 2;
    value* const cut_b = std::lower_bound(b, b_end, *cut_a);
    value* const middle = out + (cut_a - a) + (cut_b - b);
    s_.fork([=, this] { merge(a, cut_a, b, cut_b, out); },
            [=, this] { merge(cut_a, a_end, cut_b, b_end, middle); });
  }

  static void merge_here(const value* a, const value* a_end, const value* b, const value* b_end,
                         value* out) {
    while (a != a_end && b != b_end) *out++ = *b < *a ? *b++ : *a++;
    std::copy(b, b_end, std::copy(a, a_end, out));
  }

  System& s_;
  value* const data_;
  value* const buffer_;
  const std::size_t grain_;
};

}  // namespace wyn::bench::compare
