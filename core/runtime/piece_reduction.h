// Sums up the pieces of a range, with what is right of them queued.
//
// It is the recursion
//
//     sum(pieces):  combine(fork_join(sum(left half), sum(right half)))
//
// For up to eight pieces there is a function for each number of them: after one jump to it nothing
// is left to be decided, and so nothing to be guessed. What a processor knew about the halves when
// the range was begun it has forgotten when a long piece comes back; a return address it has not.
// Calls pass on the participant, which is looked up once and by thieves; what they have in common
// is one object. A piece is a call of its own, so that those that only fork have small frames.
//
// What the pieces are, and where the brackets, depends on the number of indices and on the grain
// alone.
#pragma once

#include <cstddef>
#include <utility>

#include "core/runtime/fork_join.h"
#include "core/runtime/pieces_of.h"

namespace wyn::detail {

/// combine(...combine(identity, map(0))..., map(n - 1)), in pieces, of which there is one at least.
template <class T, class Map, class Combine>
struct piece_reduction {
  scheduler& s;
  const pieces_of pieces;
  const T& identity;
  const Map& map;
  const Combine& combine;

  /// The sum of `n` pieces from `first` on. The thread of `self` runs a task of the scheduler, or
  /// has been made to look like it.
  T sum(participant& self, std::size_t first, std::size_t n) const {
    static_assert(together == 8);
    switch (n) {
      case 1: return piece(first);
      case 2: return sum_of<2>(self, first);
      case 3: return sum_of<3>(self, first);
      case 4: return sum_of<4>(self, first);
      case 5: return sum_of<5>(self, first);
      case 6: return sum_of<6>(self, first);
      case 7: return sum_of<7>(self, first);
      case 8: return sum_of<8>(self, first);
      default: return sum_of_many(self, first, n);
    }
  }

  [[gnu::noinline]] T piece(std::size_t number) const {
    if (pieces.grain == 1) return index(number);
    const std::size_t to = pieces.end(number);
    T total = identity;
    for (std::size_t i = pieces.begin(number); i < to; ++i) {
      total = combine(std::move(total), map(i));
    }
    return total;
  }

 private:
  static constexpr std::size_t together = 8;

  /// How many of `n` pieces are the left half: many pieces become eights, and at last what is left.
  static constexpr std::size_t left_of(std::size_t n) noexcept {
    return n <= 2 * together ? n / 2 : (n / 2 + together - 1) & -together;
  }

  // Pieces that are queued; their number is part of the type, or not.
  template <std::size_t N>
  struct few {
    const piece_reduction& all;
    std::size_t first;
    T operator()() const { return all.template sum_here<N>(*running_participant, first); }
  };
  struct many {
    const piece_reduction& all;
    std::size_t first, n;
    T operator()() const { return all.sum(*running_participant, first, n); }
  };

  template <std::size_t N>
  [[gnu::always_inline]] T sum_here(participant& self, std::size_t first) const {
    if constexpr (N == 1) {
      return piece(first);
    } else {
      return sum_of<N>(self, first);
    }
  }

  template <std::size_t N>
  [[gnu::noinline]] T sum_of(participant& self, std::size_t first) const {
    constexpr std::size_t left = left_of(N);
    few<N - left> right{*this, first + left};
    maybe_stolen<few<N - left>> fork(right);
    if (!fork.child.push(s, self)) [[unlikely]] return sum_without_room(self, first, N);
    const auto sum_left = [this, &self, first] { return sum_here<left>(self, first); };
    auto [a, b] = call_and_join<true>(fork.child, self, sum_left);
    return combine(std::move(a), std::move(b));
  }

  [[gnu::noinline]] T sum_of_many(participant& self, std::size_t first, std::size_t n) const {
    const std::size_t left = left_of(n);
    many right{*this, first + left, n - left};
    maybe_stolen<many> fork(right);
    if (!fork.child.push(s, self)) [[unlikely]] return sum_without_room(self, first, n);
    const auto sum_left = [this, &self, first, left] { return sum(self, first, left); };
    auto [a, b] = call_and_join<true>(fork.child, self, sum_left);
    return combine(std::move(a), std::move(b));
  }

  [[gnu::noinline, gnu::cold]] T sum_without_room(participant& self, std::size_t first,
                                                  std::size_t n) const {
    const std::size_t half = left_of(n);
    const many left{*this, first, half};
    many right{*this, first + half, n - half};
    maybe_stolen<many> fork(right);
    auto [a, b] = call_both(fork.child, self, left);
    return combine(std::move(a), std::move(b));
  }

  // A piece of one index: without the preparations for a loop.
  [[gnu::noinline]] T index(std::size_t i) const { return combine(T(identity), map(i)); }
};

template <class T, class Map, class Combine>
[[gnu::noinline]] T sum_outside(const piece_reduction<T, Map, Combine>& all) {
  participant& self = bind_or_throw(all.s);
  inside_scope inside(all.s, self);
  return all.sum(self, 0, all.pieces.count());
}

/// Of map(0) ... map(n - 1); n is not 0.
template <class T, class Map, class Combine>
T reduce_pieces(scheduler& s, std::size_t n, std::size_t grain, const T& identity, const Map& map,
                const Combine& combine) {
  const piece_reduction<T, Map, Combine> all{s, {n, grain}, identity, map, combine};
  participant* const self = running_participant;
  if (running_scheduler != &s || self == nullptr) [[unlikely]] {
    return n <= grain ? all.piece(0) : sum_outside(all);
  }
  return all.sum(*self, 0, all.pieces.count());
}

}  // namespace wyn::detail
