// Workloads that fork without a cut-off: every call is a task. `System` says how (system.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "bench/compare/workload/numbers.h"

namespace wyn::bench::compare {

/// The n-th Fibonacci number by two recursive calls; fib(n + 1) - 1 forks.
template <class System>
std::uint64_t fib(System& s, std::size_t n) {
  if (n < 2) return n;
  const auto [a, b] = s.both([&] { return fib(s, n - 1); }, [&] { return fib(s, n - 2); });
  return a + b;
}

/// A board whose first `row` rows hold a queen each.
struct board {
  static constexpr std::size_t largest = 16;
  std::int8_t column[largest];

  bool fits(std::size_t row, std::size_t place) const {
    for (std::size_t i = 0; i < row; ++i) {
      const auto apart = static_cast<std::size_t>(std::abs(column[i] - static_cast<int>(place)));
      if (apart == 0 || apart == row - i) return false;
    }
    return true;
  }
};

/// Ways to place the queens of the remaining rows. A task for each queen that can be placed, each
/// with a board of its own.
template <class System>
std::uint64_t queens(System& s, const board& b, std::size_t row, std::size_t n) {
  if (row == n) return 1;
  std::int8_t places[board::largest];
  std::size_t count = 0;
  for (std::size_t c = 0; c < n; ++c) {
    if (b.fits(row, c)) places[count++] = static_cast<std::int8_t>(c);
  }
  return s.sum(count, [&](std::size_t i) {
    board next = b;
    next.column[row] = places[i];
    return queens(s, next, row + 1, n);
  });
}

/// The sum of the numbers of `leaves` leaves, a power of ten, under a tree whose nodes have ten
/// children.
template <class System>
std::uint64_t skynet(System& s, std::uint64_t first, std::uint64_t leaves) {
  if (leaves == 1) return first;
  return s.sum(10,
               [&](std::size_t i) { return skynet(s, first + i * (leaves / 10), leaves / 10); });
}

/// The unbalanced tree search of Olivier et al. ("UTS", LCPC 2006) on a geometric tree of fixed
/// shape, four children in the mean, cut at `depth`; the numbers come from mix(), not from SHA-1.
/// In integers, so that all languages grow the same tree.
inline std::size_t uts_children(std::uint64_t node, std::size_t depth, std::size_t limit) {
  if (depth == 0) return 4;
  if (depth >= limit) return 0;
  const std::uint64_t draw = mix(node) >> 32;
  std::size_t count = 0;
  for (std::uint64_t bound = 0xcccccccc; draw < bound; bound = bound * 4 / 5) ++count;
  return count;
}

inline constexpr std::uint64_t uts_root = 19;
inline constexpr std::size_t uts_most_children = 128;  // the bound above is 0 after 100 rounds

/// The number of nodes of the tree.
template <class System>
std::uint64_t uts(System& s, std::uint64_t node, std::size_t depth, std::size_t limit) {
  const std::size_t children = uts_children(node, depth, limit);
  if (children == 0) return 1;
  return 1 + s.sum(children,
                   [&](std::size_t i) { return uts(s, mix(node + i + 1), depth + 1, limit); });
}

}  // namespace wyn::bench::compare
