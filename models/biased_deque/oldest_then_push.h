// Goal:   Once the owner has taken the oldest item, it may use the slots of all that went before:
//         a thief has read there.
// Method: A deque of two slots, full. A thief steals; the owner takes the oldest and pushes.
// Bound:  4 items in 2 slots, 1 take of the oldest, 2 pushes, 1 thief and 2 steals.
#pragma once

#include "models/deque/workload.h"

namespace wyn::biased_models {

template <class Env, class Orders, class Deque>
struct oldest_then_push {
  static constexpr int threads = 2;

  void before() {
    work.push();
    work.push();
  }
  void thread(int id) {
    if (id == 0) {
      work.take_oldest();
      work.push();
      work.push();
    } else {
      work.steal(id);
      work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  deque_models::workload<Env, Orders, Deque, 4, threads> work{2};
};

}  // namespace wyn::biased_models
