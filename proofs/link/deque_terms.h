// What the machines of the deque leave to their reader: what quantifiers range over in a state of a
// replayed execution, and where a word of an item lies in a buffer. The terms themselves are made
// from the proof (generate.py).
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "proofs/link/machine_terms.h"

namespace wyn::link {

/// Thieves of a replayed execution at most: threads 1 to max_thieves - 1, and the owner, which may
/// take its oldest item.
inline constexpr number max_thieves = 4;

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
  if (Name == 'e') return s.cur + 1;
  if (Name == 'm') return s.n + 2;
  if (Name == 'j') return max_thieves;
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
