// One step of the exploration: adds the next event of a thread to a graph, in the manner of TruSt
// (Kokologiannakis, Marmanis, Gladstein, Vafeiadis, "Truly Stateless, Optimal Dynamic Partial Order
// Reduction", POPL'22, algorithm 1).
//
// A read reads from the last write in modification order, a write is placed last, a choice takes 0:
// the event is added maximally and the running execution goes on. Every other way is put on the
// work list: reading an older write, an older place, and the revisits of earlier reads (revisit.h).
// Maximal additions keep a graph consistent; the others are checked.
//
// TruSt has two events for a read-modify-write. Here it is one event with two parts: the writing
// part has a stamp of its own, and is missing (graph::is_half) between a revisit of the reading
// part, or the removal of the writing part alone, and settle(), which adds it: at its only place,
// behind the write that was read, and with revisits of its own.
#pragma once

#include <cstdint>

#include "models/checker/graph/graph.h"
#include "models/checker/graph/happens_before.h"
#include "models/checker/graph/memory_model.h"
#include "models/checker/memory/objects.h"
#include "models/checker/options.h"
#include "models/checker/trust/preemptions.h"
#include "models/checker/trust/symmetry.h"
#include "models/checker/trust/work_list.h"

namespace wyn::model {

struct script;  // script.h

/// What `op` becomes; a read finds `value`, written by `source`, and a choice is `value`.
event event_of(const operation& op, event_ref source, std::uint64_t value);
/// The same of a read.
event read_event(const operation& op, event_ref source, std::uint64_t value);
/// The same where it gives up (may_give_up() holds): a load.
event giving_up_event(const operation& op, event_ref source, std::uint64_t value);

class extension {
 public:
  extension(work_list& work, const recorded_operations& operations, const object_table& objects,
            const options& o, const symmetry& symmetric)
      : work_(work),
        operations_(operations),
        objects_(objects),
        model_(o.model),
        symmetry_(symmetric),
        max_preemptions_(o.max_preemptions),
        preemptions_(o.model, operations, objects) {}

  /// Adds the event of `op`, whose operation is recorded already, at the end of `thread`.
  /// `plain_before`: see event.
  void add(graph& g, int thread, const operation& op, bool plain_before);

  /// The same in the one way that `s` says; what the event reads from is there. False when the
  /// program or the memory model does not allow it: `g` is of no use then.
  bool add_scripted(graph& g, int thread, const operation& op, bool plain_before,
                    const script& s);

  /// Graphs that were not put on the work list because of options::max_preemptions.
  std::uint64_t cut_off() const { return cut_off_; }
  /// Whether `g`, whose operations are recorded, has no more preemptions than that.
  bool is_within_bound(const graph& g) {
    return max_preemptions_ < 0 || preemptions_.count(g, max_preemptions_) <= max_preemptions_;
  }

 private:
  void add_store(graph& g, int thread, event e);
  void add_read(graph& g, int thread, const operation& op, bool plain_before);
  /// Puts a copy of the graph on the work list in which the read gives up.
  void push_giving_up(const graph& g, int thread, const operation& op, event_ref source,
                      bool plain_before);
  void add_choice(graph& g, int thread, const operation& op, event e);

  event_ref append(graph& g, int thread, event& e);
  event_views views_with_twins(const graph& g, int thread, event& e) const {
    event_views v = views_of(g, thread, e, model_);
    if (symmetry_.has(thread)) symmetry_.follow(g, thread, e, v);
    return v;
  }
  /// Whether the last event of `thread`, which was not added maximally, may be as it is.
  bool is_canonical(const graph& g, int thread) const {
    return !symmetry_.has(thread) || symmetry_.allows(g, thread);
  }
  /// Adds the missing writing parts of read-modify-writes and puts the graph on the work list.
  void settle(work_list::item g);
  bool add_writing_part(graph& g, event_ref rmw);
  bool is_consistent(graph& g) const;
  void push_if_consistent(work_list::item g);
  void push(work_list::item g);
  std::uint64_t value_of(const graph& g, std::uint32_t location, event_ref write) const;

  // revisit.cc
  void push_revisits(const graph& g, event_ref write);
  void push_revisit(const graph& g, event_ref write, event_ref read);

  work_list& work_;
  const recorded_operations& operations_;
  const object_table& objects_;
  memory_model model_;
  const symmetry& symmetry_;
  int max_preemptions_;
  preemption_counter preemptions_;
  std::uint64_t cut_off_ = 0;
};

}  // namespace wyn::model
