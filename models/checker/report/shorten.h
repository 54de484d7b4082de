// The shortest counterexample within a stated effort.
//
// The first failure that an exploration meets is seldom the easiest to read. From there on it goes
// on for a bounded number of runs: from the start of the program, and in what the failing execution
// itself left to explore. Of the executions with the same failure it keeps the one with the fewest
// preemptions, then the fewest events, then the least values; of equal ones the first. The bound
// counts runs and no time, and where the search begins depends on the failing execution alone, so
// that the report is the same on every machine and for every number of explorers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "models/checker/graph/graph.h"
#include "models/checker/report/counterexample.h"
#include "models/checker/run/execution.h"
#include "models/checker/trust/work_list.h"

namespace wyn::model {

/// The report of a failure: `e` has just been stopped along `g`, which has been taken from `work`;
/// `g` becomes the graph of the failure that is shown, and `e` is as that one left it.
/// What lies above the first `base` graphs of `work` came from that run, and is gone afterwards. At
/// most 2 * options::minimise runs. Where `e` was stopped by anything but a failure, there is no
/// search, and `g` stays.
std::shared_ptr<const counterexample> shortest_trace(graph& g, execution& e, work_list& work,
                                                     std::size_t base);

}  // namespace wyn::model
