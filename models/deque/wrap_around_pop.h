// Goal:   As wrap_around, with the owner's pops between: pop moves top too, and its view of top
//         stands in for push's.
// Method: push, pop, push, pop, push in a deque of one slot.
// Bound:  3 items, 2 thieves, 1 steal each, capacity 1.
#pragma once

#include "models/deque/workload.h"

namespace wyn::deque_models {

template <class Env, class Orders, class Deque = shipped_deque>
struct wrap_around_pop {
  static constexpr int threads = 3;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.pop();
      work.push();
      work.pop();
      work.push();
    } else {
      work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Deque, 3, threads> work{1, 1};
};

}  // namespace wyn::deque_models
