// Goal:   The owner takes the last item while a thief is asking, and the asking stands.
// Method: One thief asks and one steals twice; the owner pops the only item, pushes two more and
//         pops, without a fence if it may, an item that two steals reach.
// Bound:  3 items, 2 pops, 2 thieves, 1 asking and 2 steals.
#pragma once

#include "models/deque/workload.h"

namespace wyn::biased_models {

template <class Env, class Orders, class Deque>
struct asked_for_the_last {
  static constexpr int threads = 3;

  void before() { work.push(); }
  void thread(int id) {
    switch (id) {
      case 0:
        work.pop();
        work.push();
        work.push();
        work.pop();
        break;
      case 1: work.deque().ask(); break;
      default:
        work.steal(id);
        work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  deque_models::workload<Env, Orders, Deque, 3, threads> work{4};
};

}  // namespace wyn::biased_models
