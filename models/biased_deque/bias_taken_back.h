// Goal:   The owner takes the bias back and pops without a fence again; a thief asks again.
// Method: A thief asks, and steals; the owner pops while the deque is shared and after that.
// Bound:  5 items, 4 pops, 1 thief, 1 asking and 1 steal.
#pragma once

#include "models/deque/workload.h"

namespace wyn::biased_models {

template <class Env, class Orders, class Deque>
struct bias_taken_back {
  static constexpr int threads = 2;

  void before() {
    for (int i = 0; i < 5; ++i) work.push();
  }
  void thread(int id) {
    if (id == 0) {
      for (int i = 0; i < 4; ++i) work.pop();
    } else {
      work.deque().ask();
      work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  deque_models::workload<Env, Orders, Deque, 5, threads> work{8};
};

}  // namespace wyn::biased_models
