// The order in which the steps of an execution are shown.
#pragma once

#include <cstddef>
#include <vector>

#include "models/checker/graph/graph.h"

namespace wyn::model {

/// A step of a thread: an event, or what lies between two events.
struct schedule_item {
  int event = -1;  ///< index of the event in its thread, or -1
};

struct schedule {
  struct entry {
    int thread;
    int item;
  };
  std::vector<entry> order;
  int anomalies = 0;  ///< stale reads and writes before an older one: 0 iff it is an interleaving
  int switches = 0;
  int preemptions = 0;  ///< switches away from a thread that could have gone on
};

/// Orders the items of each thread in a linear extension of po and rf with the fewest anomalies and
/// then the fewest switches; of equal ones, the one that prefers lower threads first. Exact for
/// small executions; where the threads have more than `max_states` positions together, one step of
/// foresight decides.
schedule schedule_items(const graph& g, const std::vector<std::vector<schedule_item>>& items,
                        std::size_t max_states = 100000);

}  // namespace wyn::model
