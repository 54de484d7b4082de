// Why an execution fails: which order is missing, computed and not guessed.
#pragma once

#include <vector>

#include "models/checker/graph/graph.h"
#include "models/checker/graph/memory_model.h"
#include "models/checker/report/counterexample.h"
#include "models/checker/report/strengthen.h"

namespace wyn::model {

struct why_input {
  const graph& g;
  memory_model model;
  std::vector<event_ref> in_order;     ///< the events, as the report numbers them
  std::vector<int> numbers;            ///< of each of them
  race_points race;
};

/// Fills c.why from the steps that c holds already. O(sites^2) reconstructions of the graph at
/// worst, and a bounded number of them.
void explain(counterexample& c, const why_input& in);

}  // namespace wyn::model
