// Goal:   A deque whose owner expects thieves works from its first item on: it is shared, the owner
//         takes the bias back, and a thief asks again.
// Method: The owner expects thieves before they come; it pushes and pops, a thief steals.
// Bound:  4 items, 3 pops, 1 thief and 2 steals.
#pragma once

#include "models/deque/workload.h"

namespace wyn::biased_models {

template <class Env, class Orders, class Deque>
struct shared_at_first {
  static constexpr int threads = 2;

  void before() { work.deque().expect_thieves(1); }
  void thread(int id) {
    if (id == 0) {
      for (int i = 0; i < 4; ++i) work.push();
      for (int i = 0; i < 3; ++i) work.pop();
    } else {
      work.steal(id);
      work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  deque_models::workload<Env, Orders, Deque, 4, threads> work{8};
};

}  // namespace wyn::biased_models
