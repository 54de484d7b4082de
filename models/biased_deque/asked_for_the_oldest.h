// Goal:   The owner takes the oldest item while a thief is asking, and the asking stands.
// Method: One thief asks and one steals twice; the owner takes the oldest of three items and pops,
//         without a fence if it may, an item that two steals reach.
// Bound:  3 items, 1 take of the oldest, 1 pop, 2 thieves, 1 asking and 2 steals.
#pragma once

#include "models/deque/workload.h"

namespace wyn::biased_models {

template <class Env, class Orders, class Deque>
struct asked_for_the_oldest {
  static constexpr int threads = 3;

  void before() {
    for (int i = 0; i < 3; ++i) work.push();
  }
  void thread(int id) {
    switch (id) {
      case 0:
        work.take_oldest();
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
