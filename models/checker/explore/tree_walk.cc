#include "models/checker/explore/tree_walk.h"

#include <utility>

namespace wyn::model {

execution::result tree_walk::run(graph& g, std::vector<node>& children) {
  const execution::result r = execution_.run(g);
  while (!work_.empty()) children.push_back(work_.pop());
  return r;
}

}  // namespace wyn::model
