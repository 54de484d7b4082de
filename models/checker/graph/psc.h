// The seq_cst axiom of RC11 (PLDI'17, figure 1), with asymmetric fences:
//
//     scb      = po u (po|/=loc ; hb ; po|/=loc) u hb|loc u mo u fr
//     psc_base = ([E.sc] u [F.sc];hb?) ; scb ; ([E.sc] u hb?;[F.sc])
//     psc_F    = [F] ; (hb u hb;eco;hb) ; [F]  without  light-light, light-sc and sc-light pairs
//     acyclic(psc_base u psc_F)
//
// F.sc are the seq_cst and the heavy fences; F are those and the light ones.
#pragma once

#include <vector>

#include "models/checker/graph/bit_matrix.h"
#include "models/checker/graph/graph.h"

namespace wyn::model {

/// psc_base and psc_F, between different events.
struct psc_relation {
  std::vector<event_ref> nodes;  ///< the seq_cst events, thread by thread, in program order
  bit_matrix steps;
};

/// Fills in `psc`, whose memory is reused. The graph is coherent, and all its writes are in
/// modification order. machine_run.h has the axiom itself. Linear in the events of `g` where there
/// are at most 64 nodes, all of them fences.
void find_psc(const graph& g, psc_relation& psc);

}  // namespace wyn::model
