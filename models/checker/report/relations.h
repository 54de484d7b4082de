// The relations between the events of an execution, in words that a report can show.
#pragma once

#include <vector>

#include "models/checker/graph/graph.h"
#include "models/checker/graph/memory_model.h"
#include "models/checker/report/counterexample.h"

namespace wyn::model {

struct event_edge {
  relation kind;
  event_ref from;
  event_ref to;
};

/// rf, mo, fr, sw, hb and, under RC11, psc, without the edges that follow from others and without
/// those from the values after set-up; po is a matter of steps. Ordered by relation and then by
/// event.
std::vector<event_edge> relations_of(const graph& g, memory_model model);

/// A shortest cycle of po, rf, mo and fr: what keeps the execution from being an interleaving.
/// Each edge leads to the next one's `from`. Empty if there is none, or if the execution has too
/// many events for a search. Deterministic: events are tried in the order of `number`.
std::vector<event_edge> cycle_of(const graph& g, const std::vector<event_ref>& in_order);

/// Whether happens-before and the modification orders agree (RC11's coherence axiom), for a graph
/// whose views were computed with other orders than those it was explored with.
bool is_coherent(const graph& g);
/// The same for the event `b` and everything before it.
bool is_coherent_at(const graph& g, event_ref b);

}  // namespace wyn::model
