// Partition by several threads: each cuts parts of its own, then what stands on the wrong side of
// the whole's cut is exchanged, in equal shares.
//
// Each element is compared once; of those in random order a quarter is exchanged with another
// quarter on top of that. No memory is allocated. The result depends on the range and the number of
// workers only.
//
// Source: Frias and Petit, "Parallel Partition Revisited", WEA 2008, section 3, with fixed parts.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "core/runtime/parallel.h"
#include "core/runtime/sort/partition.h"

namespace wyn::detail {

inline constexpr std::size_t most_cut_parts = 64;

/// A shorter part is cut sooner than it is forked and exchanged.
inline constexpr std::size_t least_cut_part = 1 << 14;

/// Elements on the wrong side, by their places: stretches from left to right.
class misplaced {
 public:
  /// Behind the others.
  void add(std::size_t begin, std::size_t end) noexcept {
    if (begin >= end) return;
    stretches_[count_++] = {begin, end};
    total_ += end - begin;
  }
  std::size_t total() const noexcept { return total_; }

  struct stretch {
    std::size_t begin, end;
    std::size_t length() const noexcept { return end - begin; }
  };

  /// Those that lie side by side from element `number` on; there is one of that number.
  stretch from(std::size_t number) const noexcept {
    const stretch* s = stretches_.data();
    for (; number >= s->length(); ++s) number -= s->length();
    return {s->begin + number, s->end};
  }

 private:
  std::array<stretch, most_cut_parts> stretches_;
  std::size_t count_ = 0;
  std::size_t total_ = 0;
};

/// The parts into which a range of `n` is best divided for that: one, if it had better not be.
inline std::size_t cut_parts(const scheduler& s, std::size_t n) noexcept {
  if (s.workers() == 0) return 1;
  return std::clamp(std::min(n / least_cut_part, (std::size_t{s.workers()} + 1) * 2),
                    std::size_t{1}, most_cut_parts);
}

/// As cut_range(), by `parts` parts.
template <class It, class GoesLeft>
It partition_together(scheduler& s, It first, It last, std::size_t parts,
                      const GoesLeft& goes_left) {
  using offset = std::iter_difference_t<It>;
  const auto at = [first](std::size_t i) { return first + static_cast<offset>(i); };
  const auto n = static_cast<std::size_t>(last - first);
  const auto begin_of = [=](std::size_t part) {
    return n / parts * part + std::min(part, n % parts);
  };

  std::array<std::size_t, most_cut_parts> cuts;
  for_pieces(s, parts, 1, [&](std::size_t part, std::size_t) {
    const It begin = at(begin_of(part));
    cuts[part] = begin_of(part) + static_cast<std::size_t>(
                                      cut_range(begin, at(begin_of(part + 1)), goes_left) - begin);
  });

  std::size_t whole = 0;
  for (std::size_t part = 0; part < parts; ++part) whole += cuts[part] - begin_of(part);
  misplaced go_right, go_left;
  for (std::size_t part = 0; part < parts; ++part) {
    go_right.add(cuts[part], std::min(begin_of(part + 1), whole));
    go_left.add(std::max(begin_of(part), whole), cuts[part]);
  }

  const std::size_t total = go_right.total();
  const std::size_t share = std::max<std::size_t>(1, (total + parts - 1) / parts);
  for_pieces(s, total, share, [&](std::size_t from, std::size_t to) {
    while (from < to) {
      const auto a = go_right.from(from);
      const auto b = go_left.from(from);
      const std::size_t length = std::min({a.length(), b.length(), to - from});
      std::swap_ranges(at(a.begin), at(a.begin + length), at(b.begin));
      from += length;
    }
  });
  return at(whole);
}

}  // namespace wyn::detail
