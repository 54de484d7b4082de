// A merge sort whose merges are parallel, too; pieces of `grain` elements are not forked any more.
//
// What is not forked does not depend on the system, is not inlined, and begins a cache line: it is
// the same machine code for all of them, in the same place. Else the compiler decides, by how a
// fork looks, where a merge is inlined, and the linker in which half of a line it begins: either
// makes a difference of 4 %.
//
// Source: Cormen, Leiserson, Rivest, Stein, "Introduction to Algorithms", 3rd ed., section 27.3.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace wyn::bench::compare {

/// The part of it that one thread does by itself.
struct sort_here {
  using value = std::uint64_t;
  static constexpr std::size_t inserted = 16;  // elements that are sorted by insertion

  value* const data;
  value* const buffer;

  /// Sorts elements [from, to) of the data, and leaves them there or in the buffer.
  [[gnu::noinline, gnu::aligned(64)]] void sort(std::size_t from, std::size_t to,
                                                bool into_buffer) const {
    if (to - from <= inserted) return insert(from, to, into_buffer);
    const std::size_t middle = from + (to - from) / 2;
    sort(from, middle, !into_buffer);
    sort(middle, to, !into_buffer);
    const value* const in = into_buffer ? data : buffer;
    value* const out = into_buffer ? buffer : data;
    merge(in + from, in + middle, in + middle, in + to, out + from);
  }

  [[gnu::noinline, gnu::aligned(64)]] static void merge(const value* a, const value* a_end,
                                                        const value* b, const value* b_end,
                                                        value* out) {
    while (a != a_end && b != b_end) *out++ = *b < *a ? *b++ : *a++;
    std::copy(b, b_end, std::copy(a, a_end, out));
  }

 private:
  void insert(std::size_t from, std::size_t to, bool into_buffer) const {
    for (std::size_t i = from + 1; i < to; ++i) {
      const value x = data[i];
      std::size_t k = i;
      for (; k > from && data[k - 1] > x; --k) data[k] = data[k - 1];
      data[k] = x;
    }
    if (into_buffer) std::copy(data + from, data + to, buffer + from);
  }
};

template <class System>
class merge_sort {
 public:
  using value = sort_here::value;

  merge_sort(System& s, value* data, value* buffer, std::size_t grain)
      : s_(s), here_{data, buffer}, grain_(grain) {}

  /// As sort_here's, by several threads.
  void sort(std::size_t from, std::size_t to, bool into_buffer) {
    if (to - from <= std::max(grain_, here_.inserted)) return here_.sort(from, to, into_buffer);
    const std::size_t middle = from + (to - from) / 2;
    s_.fork([&] { sort(from, middle, !into_buffer); }, [&] { sort(middle, to, !into_buffer); });
    value* const in = into_buffer ? here_.data : here_.buffer;
    value* const out = into_buffer ? here_.buffer : here_.data;
    merge(in + from, in + middle, in + middle, in + to, out + from);
  }

 private:
  // Cuts the longer run at its middle and the other at the place of that element.
  void merge(value* a, value* a_end, value* b, value* b_end, value* out) {
    if (static_cast<std::size_t>((a_end - a) + (b_end - b)) <= grain_) {
      return sort_here::merge(a, a_end, b, b_end, out);
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

  System& s_;
  const sort_here here_;
  const std::size_t grain_;
};

}  // namespace wyn::bench::compare
