// Goal:   The race of two_thieves at a larger size: three items, three thieves, and an owner that
//         pops until it is empty.
// Method: push x 3, pop x 3 against three thieves: the client by which model checkers of Chase-Lev
//         deques are compared.
// Bound:  3 items, 3 thieves, 1 steal each.
#pragma once

#include "models/deque/workload.h"

namespace wyn::deque_models {

template <class Env, class Orders, class Deque = shipped_deque>
struct three_thieves {
  static constexpr int threads = 4;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
      work.push();
      work.pop();
      work.pop();
      work.pop();
    } else {
      work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Deque, 3, threads> work{4};
};

}  // namespace wyn::deque_models
