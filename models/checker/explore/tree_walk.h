// The tree of an exploration, one node at a time: a node is a graph that is run, its children are
// the graphs that the run puts on the work list. An exploration visits each node once; this walks
// where it is told, to split the tree or to estimate its size.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <vector>

#include "models/checker/explore/task_list.h"
#include "models/checker/options.h"
#include "models/checker/program.h"
#include "models/checker/run/execution.h"
#include "models/checker/trust/work_list.h"

namespace wyn::model {

class tree_walk {
 public:
  using node = work_list::item;

  tree_walk(const program& p, const options& o) : execution_(p, o, work_), threads_(p.threads) {}

  node root() const { return std::make_unique<graph>(threads_); }
  node copy_of(const graph& g) { return work_.copy_of(g); }
  void drop(node n) { work_.drop(std::move(n)); }

  /// Runs `g`, which is the graph of the whole execution afterwards, and puts its children into
  /// `children`, in the order in which an exploration takes them.
  execution::result run(graph& g, std::vector<node>& children);

  /// The same of the empty graph `g`, in an interleaving.
  execution::result run_interleaved(graph& g, priorities& turns, std::vector<node>& children);

  execution& last() { return execution_; }
  portable_graph portable(const graph& g) const { return export_graph(g, execution_.objects()); }

 private:  void hand_over(std::vector<node>& children);

  work_list work_;
  execution execution_;
  int threads_;
};

/// Numbers that are the same in every process and with every standard library.
class random_numbers {
 public:
  explicit random_numbers(std::uint64_t seed) : engine_(seed) {}
  /// One of 0 .. n-1.
  std::uint64_t below(std::uint64_t n) { return engine_() % n; }
  /// In [0, 1).
  double unit() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }

 private:
  std::mt19937_64 engine_;
};

}  // namespace wyn::model
