// Goal:   The slot of an item that the owner or a thief took is written again, then the buffer
//         grows: what pop learned of top decides which.
// Method: push, pop, push, push with one slot at first (scenario S6).
// Bound:  3 items, 2 thieves, 1 steal each, capacities 1 and 2.
#pragma once

#include "models/deque/workload.h"

namespace wyn::deque_models {

template <class Env, class Orders, class Deque = shipped_deque>
struct pop_then_growth {
  static constexpr int threads = 3;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.pop();
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
