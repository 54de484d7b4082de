// The models SC and x86-TSO: the accesses of all threads take effect in one total order.
//
// Papers:  Shasha, Snir, "Efficient and Correct Execution of Parallel Programs that Share Memory",
//          TOPLAS'88; Owens, Sarkar, Sewell, "A Better x86 Memory Model: x86-TSO", TPHOLs'09.
//
//     sc:  acyclic(po u rf u mo u fr)
//     tso: acyclic(ppo u rfe u mo u fr), and coherence
//
// ppo is po without the pairs of a buffered store and a later load that no event between them, and
// neither of the two, drains the buffer. Fences of seq_cst, read-modify-writes, compare-exchanges
// (failed ones too) and seq_cst stores drain it: mfence, a lock prefix, xchg.
//
// Method:  a run of the abstract machine along the graph. Each thread has a place in program order
//          and, under TSO, a first-in first-out buffer of stores; whatever can take effect does. An
//          event that takes effect early never hinders another, so no choice is taken back, and the
//          relation is acyclic iff all events take effect.
#pragma once

#include <cstdint>

#include "models/checker/graph/graph.h"

namespace wyn::model {

enum class buffering : std::uint8_t { none, stores };

/// Whether the events of `g` have a total order: SC without buffers, TSO with them. The graph is
/// coherent, and all its writes are in modification order. O(threads * events) at worst.
bool has_total_order(const graph& g, buffering b);

}  // namespace wyn::model
