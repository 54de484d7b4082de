// What one thread may do, as a tree of paths (which step follows, given the values read so far),
// and the same as a graph in which equal ends of paths are one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/export/log.h"

namespace wyn::model_export {

class path_tree {
 public:
  struct node {
    std::optional<step> next_step;           ///< none: the thread ends here, or no path went on
    std::map<std::uint64_t, int> following;  ///< by the value found
    bool ends = false;
  };

  path_tree() : nodes_(1) {}

  /// Adds one path; the node at which it ends. `complete`: the thread came to its end; else the
  /// last step found nothing if it `waits`. Negative when the steps contradict those of other
  /// paths: the same values were read, and something else was done.
  int insert(const std::vector<performed_step>& path, bool complete, bool waits = false);

  const std::vector<node>& nodes() const { return nodes_; }

 private:
  std::vector<node> nodes_;
};

/// Nodes come after those that they lead to. Node 0 is the end of the thread.
struct path_graph {
  struct branch {
    std::vector<std::uint64_t> values;
    int next = 0;
    bool operator==(const branch&) const = default;
  };
  struct node {
    step what;
    std::vector<branch> branches;  ///< none: no execution goes on
  };

  std::vector<node> nodes;
  int start = 0;
};

/// The graph of `t`. `last`: what the thread does at the end, by the node of the tree.
path_graph graph_of(const path_tree& t, const std::map<int, step>& last = {});

}  // namespace wyn::model_export
