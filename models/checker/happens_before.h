// Happens-before of RC11 (Lahav, Vafeiadis, Kang, Hur, Dreyer, PLDI'17, section 3) with the release
// sequences of C++20 (P0982): the head, then read-modify-writes only.
//
//     sw = [release] ; ([F];po)? ; rs ; rf ; (po;[F])? ; [acquire]      hb = (po u sw)+
//
// Each event carries the set of events that happen before it, as a view; a write also carries the
// set that a synchronising reader learns (its "message").
#pragma once

#include "models/checker/graph.h"

namespace wyn::model {

/// The views of `e`, about to be appended to `thread`. Also fills e.release_fence.
/// O(events of the thread) for an acquire fence, O(1) otherwise.
event_views views_of(const graph& g, int thread, event& e);

}  // namespace wyn::model
