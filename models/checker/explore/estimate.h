// How many executions a program has, before all of them have been explored.
//
// Knuth ("Estimating the Efficiency of Backtrack Programs", 1975): on a random path down the tree
// of an exploration, count each node as often as the product of the degrees above it; the average
// is the size. Nearly all of a tree may hang on branches that few paths take, so paths are not
// walked alone: after Chen ("Heuristic Sampling", 1992), one representative goes on for all nodes
// of one depth whose graphs have equally many events, chosen by their weights, and stands for all
// of them.
//
// The interval comes from the spread of independent estimates, taken on the logarithm, since they
// are far more often much too small than much too large; and what was seen is a lower bound.
#pragma once

#include <cstdint>

#include "models/checker/options.h"
#include "models/checker/program.h"

namespace wyn::model {

struct size_estimate {
  double executions = 0;  ///< complete ones
  double low = 0;         ///< the true number is meant to be in [low, high] nine times in ten
  double high = 0;
  double runs = 0;     ///< with the blocked ones
  bool exact = false;  ///< the tree was small enough to be walked
};

/// Runs about `effort` executions. Deterministic. The caller holds a thread_guard.
size_estimate estimate_size(const program& p, const options& o, std::uint64_t effort);

}  // namespace wyn::model
