// Goal:   As growth, with thieves that may hold two different buffers.
// Method: Three pushes into a deque that starts with one slot (scenario S8).
// Bound:  3 items, 2 thieves, 1 steal each, capacities 1, 2 and 4.
#pragma once

#include "models/deque/workload.h"

namespace wyn::deque_models {

template <class Env, class Orders, class Deque = shipped_deque>
struct growth_two_thieves {
  static constexpr int threads = 3;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
      work.push();
    } else {
      work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Deque, 3, threads> work{1};
};

}  // namespace wyn::deque_models
