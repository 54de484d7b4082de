// Goal:   The bias goes back to the owner and away again, and no thief shares the deque for an
//         asking that came after its own heavy fence.
// Method: One thief asks twice, another steals twice; the owner takes the bias back in between and
//         then pops, without a fence, an item that two steals reach. That takes all of this: an
//         old fence, a new asking, and two steals under them.
// Bound:  4 items, 3 pops, 2 thieves, 2 askings and 2 steals.
#pragma once

#include "models/deque/workload.h"

namespace wyn::biased_models {

template <class Env, class Orders, class Deque>
struct asked_again {
  static constexpr int threads = 3;

  void before() {
    for (int i = 0; i < 4; ++i) work.push();
  }
  void thread(int id) {
    switch (id) {
      case 0:
        work.pop();
        work.pop();
        work.pop();
        break;
      case 1:
        work.deque().ask();
        work.deque().ask();
        break;
      default:
        work.steal(id);
        work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  deque_models::workload<Env, Orders, Deque, 4, threads> work{4};
};

}  // namespace wyn::biased_models
