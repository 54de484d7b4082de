// Goal:   The owner takes its oldest item as one more thief.
// Method: It does so against a thief, and pushes and pops afterwards: the push goes where the item
//         was.
// Bound:  3 items, 1 steal, 1 taking of the oldest, 1 pop, capacity 2. Not among all_models(): it
//         kills no row that the others do not.
#pragma once

#include "models/deque/workload.h"

namespace wyn::deque_models {

template <class Env, class Orders, class Deque = shipped_deque>
struct oldest {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 1) {
      work.steal(id);
      return;
    }
    work.push();
    work.push();
    work.take_oldest();
    work.push();
    work.pop();
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Deque, 3, threads> work{2};
};

}  // namespace wyn::deque_models
