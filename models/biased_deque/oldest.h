// Goal:   The owner takes the oldest item while a thief is asking for it or stealing it, and pops,
//         without a fence if it may. It fails only where there is nothing left.
// Method: The owner takes the oldest of three items and pops; a thief steals twice.
// Bound:  3 items, 1 take of the oldest, 1 pop, 1 thief and 2 steals.
#pragma once

#include "models/deque/workload.h"

namespace wyn::biased_models {

template <class Env, class Orders, class Deque>
struct oldest {
  static constexpr int threads = 2;

  void before() {
    for (int i = 0; i < 3; ++i) work.push();
  }
  void thread(int id) {
    if (id == 0) {
      Env::check(work.take_oldest(), "two steals leave one of three items");
      work.pop();
    } else {
      work.steal(id);
      work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  deque_models::workload<Env, Orders, Deque, 3, threads> work{4};
};

}  // namespace wyn::biased_models
