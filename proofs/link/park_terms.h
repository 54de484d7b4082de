// What the machine of the event count leaves to its reader: how large a replayed execution may
// be, and what quantifiers range over in its states. The terms themselves are made from the proof
// (generate.py).
#pragma once

#include "proofs/link/machine_terms.h"

namespace wyn::link::park {

/// Waits, notifications and calls of settled_waiters of a replayed execution at most.
inline constexpr number max_waits = 10;
inline constexpr number max_notifications = 6;
inline constexpr number max_settles = 6;

using table = bounded_table<number, 24>;
using table_of_tables = bounded_table<table, 24>;

template <char Name, class State>
number range_of(const State& s) {
  if (Name == 'i') return max_notifications;
  if (Name == 'x') return max_settles;
  return Name == 'm' || Name == 'y' ? s.w + 2 : max_waits;
}

}  // namespace wyn::link::park
