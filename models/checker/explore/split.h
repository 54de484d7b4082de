// Splits an exploration into shares for processes that know nothing of each other.
//
// The tree is cut into at least a thousand subtrees, 500 for each share: always the one whose graph
// has the fewest events is cut, since what a graph leads to depends most on how much of an
// execution it leaves open. Sorted by that number, and within it in the order of the exploration,
// where neighbours resemble each other, the subtrees are dealt out like cards. Every process
// computes the same split, and pays for it with as many executions as there are subtrees or fewer.
//
// Rejected: sizes estimated by random paths (Knuth). Nearly all of a subtree lies where hardly any
//           path goes; shares came out no better, at many times the price.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/checker/explore/task_list.h"
#include "models/checker/options.h"
#include "models/checker/program.h"
#include "models/checker/report/summary.h"

namespace wyn::model {

struct share {
  explicit share(const options& o) : seen(o) {}

  /// In the order of the exploration: what the share has to explore.
  std::vector<portable_graph> subtrees;
  /// What was explored for the split; it belongs to the first share alone.
  tally explored;
  run_summary seen;
  /// What ended the split: a failure of the program, which every share reports.
  std::optional<stop_record> stop;
  std::uint64_t all_subtrees = 0;
  /// The same in all shares of one split, and hardly ever in those of another.
  std::uint64_t fingerprint = 0;
};

/// Share o.shard.index of o.shard.count. The caller holds a thread_guard.
share split(const program& p, const options& o);

}  // namespace wyn::model
