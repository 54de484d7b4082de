// Goal:   A thief in the middle of a steal while the buffer grows twice: it sees the copied
//         items, and the outgrown buffer stays readable.
// Method: Three pushes into a deque that starts with one slot (scenario S4).
// Bound:  3 items, 2 steals by one thief, capacities 1, 2 and 4.
#pragma once

#include "models/deque/workload.h"

namespace wyn::deque_models {

template <class Env, class Orders, class Deque = shipped_deque>
struct growth {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
      work.push();
    } else {
      work.steal(id);
      work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Deque, 3, threads> work{1};
};

}  // namespace wyn::deque_models
