// An execution seen with stronger orders: would the model still allow it?
//
// A graph is kept as it is, its reads and modification orders with it; the orders of some sites are
// raised and everything that follows from them is computed anew. That answers, for this execution
// and no other, which order is missing.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "models/checker/graph/graph.h"
#include "models/checker/graph/memory_model.h"

namespace wyn::model {

/// The weakest order that has the strength of both; light and heavy fences stay what they are.
order join(order a, order b);
/// The part of `o` that an event of this kind can have.
order as_part_of(event_kind kind, order o);

enum class exclusion : std::uint8_t { none, happens_before, coherence, psc };

/// "happens-before", ...
const char* to_string(exclusion e);

/// Two points in program order, each the number of events of its thread before it: accesses that
/// race. Without a race both threads are -1.
struct race_points {
  int first_thread = -1;
  int first_index = 0;
  int second_thread = -1;
  int second_index = 0;
};

class strengthened {
 public:
  /// `in_order` is a linear extension of po and rf.
  strengthened(const graph& g, memory_model model, std::vector<event_ref> in_order,
               race_points race)
      : g_(g), model_(model), in_order_(std::move(in_order)), race_(race) {}

  /// What excludes the execution, or orders the race, when each event n of in_order has the order
  /// raised[n] (its kind's part of it) besides its own.
  exclusion exclude(const std::vector<order>& raised);
  /// Whether coherence then forbids `read` to read what it reads.
  bool forbids_read(const std::vector<order>& raised, event_ref read);

 private:
  void rebuild(const std::vector<order>& raised);

  const graph& g_;
  memory_model model_;
  std::vector<event_ref> in_order_;
  race_points race_;
  graph changed_;
};

}  // namespace wyn::model
