// Goal:   As two_items, with the two steals in different threads: the second thief learns of the
//         first one's success through top alone.
// Method: push, push, pop, pop against two thieves (scenario S2).
// Bound:  2 items, 2 thieves, 1 steal each.
#pragma once

#include "models/deque/workload.h"

namespace wyn::deque_models {

template <class Env, class Orders, class Deque = shipped_deque>
struct two_thieves {
  static constexpr int threads = 3;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
      work.pop();
      work.pop();
    } else {
      work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Deque, 2, threads> work{2};
};

}  // namespace wyn::deque_models
