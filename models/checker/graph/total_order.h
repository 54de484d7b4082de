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
// (failed ones too) and seq_cst stores drain it: mfence, a lock prefix, xchg. Under SC all fences
// order nothing.
//
// Method:  a run of the abstract machine along the graph. Each thread has a place in program order
//          and, under TSO, a first-in first-out buffer of stores; whatever can take effect does. An
//          event that takes effect early never hinders another, so no choice is taken back, and the
//          relation is acyclic iff all events take effect.
//
// Asymmetric fences under TSO: a light fence orders nothing. A heavy one is what membarrier(2)
// does: an mfence of its thread; then, once for each other thread and wherever in its program that
// thread is, an interrupt, which is an mfence there; when all have been interrupted, its end. As
// axioms: for each heavy fence h of thread k and each other thread j there is a place in j's
// program order such that the relation above stays acyclic with
//
//     before h in k -> behind the place in j;  before the place in j -> behind h in k;
//     before the place in j -> behind it.
//
// Method:  the same machine. An interrupt needs an empty buffer and changes nothing, so it never
//          hinders another event either. What hinders it is a store in the buffer. Where interrupts
//          of its thread are still to come, a store is therefore issued only when it can go through
//          the buffer at once; otherwise, when nothing else is left to be done, some thread has to
//          issue a store for the sake of loads behind it, and which one is searched with
//          backtracking. Between two such choices the machine has one result, so there are no more
//          states than there are ways to count off stores in each thread: polynomially many for a
//          given number of threads.
#pragma once

#include <cstdint>

#include "models/checker/graph/graph.h"

namespace wyn::model {

enum class buffering : std::uint8_t { none, stores };

/// Whether the events of `g` have a total order: SC without buffers, TSO with them. The graph is
/// coherent, and all its writes are in modification order. O(threads * events) at worst, where no
/// heavy fence meets buffers.
bool has_total_order(const graph& g, buffering b);

/// The same under SC: whether the graph is an interleaving of its threads. O(threads * events) at
/// worst, and mostly linear.
bool is_interleaving(const graph& g);

}  // namespace wyn::model
