// The seq_cst axiom of RC11 (PLDI'17, figure 1), with asymmetric fences:
//
//     scb      = po u (po|/=loc ; hb ; po|/=loc) u hb|loc u mo u fr
//     psc_base = ([E.sc] u [F.sc];hb?) ; scb ; ([E.sc] u hb?;[F.sc])
//     psc_F    = [F] ; (hb u hb;eco;hb) ; [F]  without  light-light, light-sc and sc-light pairs
//     acyclic(psc_base u psc_F)
//
// F.sc are the seq_cst and the heavy fences; F are those and the light ones.
#pragma once

#include <cstddef>
#include <vector>

#include "models/checker/graph/graph.h"

namespace wyn::model {

/// Whether the axiom holds. The graph is coherent, and all its writes are in modification order.
/// Immediate when there are fewer than two seq_cst events.
bool psc_is_acyclic(const graph& g);

/// The relation itself, psc_base and psc_F, on n = g.sc_events().size() events: it leads from the
/// a-th to the b-th of them iff edges[a * n + b] is not 0. Reuses the memory of `edges`.
void psc_matrix(const graph& g, std::vector<char>& edges);

/// Whether a relation on n nodes, given in that form, has no cycle. O(n * n).
bool is_acyclic(const std::vector<char>& edges, std::size_t n);

}  // namespace wyn::model
