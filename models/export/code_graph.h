// The shape of a thread's C code: steps, branches on values read before, and claims.
//
// Other memory models than RC11 care where code branches: a branch on a value that was read orders
// the read before later writes. So the code branches on a value no sooner than what comes next
// depends on it, and never only to check it: that a value is one of those that the executions show
// is a claim, which is added up and asserted at the end of the thread.
#pragma once

#include <cstdint>
#include <vector>

#include "models/export/paths.h"

namespace wyn::model_export {

/// Nodes come after those that they lead to. Node 0 is the end of the thread.
struct code_graph {
  enum class node_kind : std::uint8_t { end, step, split, claim, stuck };
  struct branch {
    std::vector<std::uint64_t> values;
    int next = 0;
  };
  struct node {
    node_kind kind = node_kind::end;
    step what;
    int found = -1;  ///< number of the register: that of a step that reads, that of a split
    std::vector<branch> branches;                ///< of a split
    std::vector<int> registers;                  ///< of a claim: these have together
    std::vector<std::vector<std::uint64_t>> of;  ///< the values of one of these
    int next = 0;     ///< of a step or a claim
    int meeting = 0;  ///< the first node that every path from here comes to
  };

  std::vector<node> nodes;
  int start = 0;
};

code_graph code_of(const path_graph& g);

}  // namespace wyn::model_export
