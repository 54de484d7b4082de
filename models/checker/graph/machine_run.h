// Whether an execution is a run of a machine of views.
//
// Such a machine performs a program step by step. A thread's view says how far into each location's
// modification order it is obliged to look; a release write carries the view of its thread, an
// acquire read joins what it finds, and a seq_cst fence joins the thread's view with a global one,
// both ways. Each step acts on what was done before it, so a run is a linear order of the events in
// which a read comes after the write that it reads and a seq_cst event after those before it in
// psc: an execution has a run only if po u rf u psc is acyclic.
//
// RC11 allows more: psc alone is acyclic and so is po u rf, but a path of relaxed accesses may lead
// from one fence to another that comes before it in psc ("ISA2" with a relaxed thread in the
// middle). Proofs about such a machine (proofs/) say nothing on these executions, so checks count
// them: verdict::no_machine_run.
#pragma once

#include <vector>

#include "models/checker/graph/graph.h"

namespace wyn::model {

/// Whether po u rf u psc is acyclic. The graph is consistent, and all its writes are in
/// modification order. Immediate when there are fewer than two seq_cst events.
bool has_machine_run(const graph& g);

/// The seq_cst axiom (psc.h), and has_machine_run() where it holds: the relation is found once. The
/// graph is coherent, and all its writes are in modification order. Immediate when there are fewer
/// than two seq_cst events.
struct psc_judgement {
  bool acyclic;
  bool has_machine_run;
};
psc_judgement judge_psc(const graph& g);

/// The events in an order that extends po u rf u psc; among those that may come next, the one of
/// the lowest thread does, or, if `highest_first`, of the highest. Empty when there is no such
/// order.
std::vector<event_ref> machine_order(const graph& g, bool highest_first = false);

/// The same for po u rf alone: there always is one.
std::vector<event_ref> causal_order(const graph& g, bool highest_first = false);

/// The seq_cst events in an order that extends psc, with the same preference. The graph is
/// consistent.
std::vector<event_ref> seq_cst_order(const graph& g, bool highest_first = false);

}  // namespace wyn::model
