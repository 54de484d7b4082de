// Goal:   The seq_cst side of the deque: a pop without compare-exchange and two steals in a row
//         do not take the same item. One steal cannot show it: the first must move top past what
//         pop looked at.
// Method: push, push, pop, pop against one thief (scenario S1b).
// Bound:  2 items, 2 steals by one thief.
#pragma once

#include "models/deque/workload.h"

namespace wyn::deque_models {

template <class Env, class Orders, class Deque = shipped_deque>
struct two_items {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
      work.pop();
      work.pop();
    } else {
      work.steal(id);
      work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Deque, 2, threads> work{2};
};

}  // namespace wyn::deque_models
