// What the machine of the task pool leaves to its reader: what quantifiers range over in a state of
// a replayed execution. The terms themselves are made from the proof (generate.py).
#pragma once

#include "proofs/link/machine_terms.h"

namespace wyn::link {

/// Threads and slots of a replayed execution are less than these; a slot's number is at least 1.
inline constexpr number pool_threads = 6;
inline constexpr number pool_slots = 12;

namespace task_pool {
template <char Name, class State>
number range_of(const State&) {
  return Name == 'j' ? pool_threads : pool_slots;
}
}  // namespace task_pool

}  // namespace wyn::link
