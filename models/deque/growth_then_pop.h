// Goal:   Pop reads the buffer that it has just grown, while thieves may hold the old one.
// Method: push, push, pop with one slot at first (scenario S4b).
// Bound:  2 items, 2 thieves, 1 steal each, capacities 1 and 2.
#pragma once

#include "models/deque/workload.h"

namespace wyn::deque_models {

template <class Env, class Orders, class Deque = shipped_deque>
struct growth_then_pop {
  static constexpr int threads = 3;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
      work.pop();
    } else {
      work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Deque, 2, threads> work{1};
};

}  // namespace wyn::deque_models
