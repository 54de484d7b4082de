// Goal:   The race for the only item, and again after it was decided: pop restores bottom, and
//         what it learned of top stays true.
// Method: push, pop, push, pop against two thieves (scenario S3).
// Bound:  2 items, 2 thieves, 1 steal each.
#pragma once

#include "models/deque/workload.h"

namespace wyn::deque_models {

template <class Env, class Orders, class Deque = shipped_deque>
struct last_item_twice {
  static constexpr int threads = 3;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.pop();
      work.push();
      work.pop();
    } else {
      work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Deque, 2, threads> work{2};
};

}  // namespace wyn::deque_models
