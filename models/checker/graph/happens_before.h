// Happens-before of RC11 (Lahav, Vafeiadis, Kang, Hur, Dreyer, PLDI'17, section 3) with the release
// sequences of C++20 (P0982): the head, then read-modify-writes only.
//
//     sw = [release] ; ([F];po)? ; rs ; rf ; (po;[F])? ; [acquire]      hb = (po u sw)+
//
// RC11 as published lets later writes of the head's thread to its location continue the sequence:
//
//     rs = [W] ; (sb|loc)? ; (rf ; rmw)*
//
// Happens-before of the models sc and tso is that of C++20: it judges races and lifetimes, and the
// coherence that it implies is a part of both.
//
// Each event carries the set of events that happen before it, as a view; a write also carries the
// set that a synchronising reader learns (its "message").
#pragma once

#include "models/checker/graph/graph.h"
#include "models/checker/graph/memory_model.h"

namespace wyn::model {

/// The views of `e`, about to be appended to `thread`. Also fills e.release_fence.
/// O(events of the thread) for an acquire fence, and for a write under memory_model::rc11; O(1)
/// otherwise.
event_views views_of(const graph& g, int thread, event& e, memory_model model);

}  // namespace wyn::model
