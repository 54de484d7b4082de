// Goal:   A thief that takes an item sees everything that its owner did before the push: the
//         buffer, the slot and what the item stands for.
// Method: The payload is plain memory, so a missing happens-before edge is a data race.
// Bound:  1 item, 1 steal, no pop.
#pragma once

#include "models/deque/workload.h"

namespace wyn::deque_models {

template <class Env, class Orders, class Deque = shipped_deque>
struct publication {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
    } else {
      work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Deque, 1, threads> work{2};
};

}  // namespace wyn::deque_models
