// What the machines of the deques leave to their reader: what quantifiers range over in a state of
// a replayed execution, and where a word of an item lies in a buffer. The terms themselves are made
// from the proofs (generate.py).
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "proofs/link/machine_terms.h"

namespace wyn::link {

/// The biased deque's machine: top has messages, which are numbered.
template <class State>
concept has_bias = requires(const State& s) {
  s.tt;
};

/// Thieves of a replayed execution at most. Without a bias: threads 1 to 3, and the owner, which
/// may take its oldest item as one more thief.
template <class State>
inline constexpr number max_thieves = has_bias<State> ? 2 : 4;

/// What an index, an item or a stamp is less than: beyond, every array has its default.
template <class State>
number bound_of(const State& s) {
  const number bound = std::max({s.n, s.L, s.cur, s.nid}) + 2;
  if (bound <= static_cast<number>(s.item.elements.size())) return bound;
  std::fprintf(stderr, "a larger execution than machine_terms.h has room for\n");
  std::abort();
}

template <char Name, class State>
number range_of(const State& s) {
  if constexpr (has_bias<State>) {
    if (Name == 'a' || Name == 'c') return s.tt + 2;
  }
  if (Name == 'e') return s.cur + 1;
  if (Name == 'm') return s.n + 2;
  if (Name == 'j') return max_thieves<State>;
  if (Name == 'u' || Name == 'v') return s.words;
  return bound_of(s);
}

/// The cell of a word of an index: in a buffer that is yet to be, that of a growth.
template <class State, class Parameters>
number word(const State& s, const Parameters& p, number buffer, number index, number word) {
  const number capacity = std::max(1, buffer <= s.cur ? select(s.cap, buffer) : p.ncap);
  const number rest = index % capacity;
  return (rest < 0 ? rest + capacity : rest) * s.words + word;
}

}  // namespace wyn::link
