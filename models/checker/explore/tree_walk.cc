#include "models/checker/explore/tree_walk.h"

#include <utility>

namespace wyn::model {

execution::result tree_walk::run(graph& g, std::vector<node>& children) {
  const execution::result r = execution_.run(g);
  hand_over(children);
  return r;
}

execution::result tree_walk::run_interleaved(graph& g, priorities& turns,
                                             std::vector<node>& children) {
  const execution::result r = execution_.run_interleaved(g, turns);
  hand_over(children);
  return r;
}

void tree_walk::hand_over(std::vector<node>& children) {
  while (!work_.empty()) children.push_back(work_.pop());
}

}  // namespace wyn::model
