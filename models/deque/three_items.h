// Goal:   Growth in the middle of a race for the last two items.
// Method: push x 3, pop with two slots at first (scenario S5).
// Bound:  3 items, 2 thieves, 1 steal each, capacities 2 and 4.
#pragma once

#include "models/deque/workload.h"

namespace wyn::deque_models {

template <class Env, class Orders, class Deque = shipped_deque>
struct three_items {
  static constexpr int threads = 3;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
      work.push();
      work.pop();
    } else {
      work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Deque, 3, threads> work{2};
};

}  // namespace wyn::deque_models
