// Goal:   One slot for every item: a thief that was overtaken reads the next item in its slot and
//         must not use it.
// Method: A deque of one slot that may not grow. The second and third push succeed only when a
//         thief was there.
// Bound:  3 items, 2 steals by one thief, capacity 1.
#pragma once

#include "models/deque/workload.h"

namespace wyn::deque_models {

template <class Env, class Orders, class Deque = shipped_deque>
struct wrap_around {
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

  workload<Env, Orders, Deque, 3, threads> work{1, 1};
};

}  // namespace wyn::deque_models
