// Coherence: hb and the modification order of a location never disagree (RC11's
// irreflexive(hb ; eco?)).
//
// A new event has nothing after it, so coherence is a lower bound: it may neither read from, nor be
// placed before, a write that is older than one its thread knows of, by having it in its
// happens-before set or by having there a read from it.
#pragma once

#include "models/checker/graph/graph.h"

namespace wyn::model {

/// The earliest place that an access to `location` may read from, given the set `known`.
inline std::uint32_t earliest_readable(const graph& g, const view& known, std::uint32_t location) {
  std::uint32_t bound = 0;
  for (int t = 0; t < g.threads(); ++t) {
    if (!g.may_access(t, location)) continue;
    for (int i = known.count[t] - 1; i >= 0; --i) {
      const event& e = g.at(t, i);
      if (e.location != location || !accesses(e.kind)) continue;
      const std::uint32_t place = writes(e.kind) ? e.position : g.place_of(e.reads_from);
      if (place > bound) bound = place;
      break;  // the earlier ones of this thread are no stronger, by coherence
    }
  }
  return bound;
}

}  // namespace wyn::model
