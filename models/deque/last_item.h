// Goal:   The owner and a thief after the only item: one of them gets it.
// Method: The owner pushes and pops while the thief steals. The first buffer is allocated on the
//         way, so a thief that sees a bottom without what lies behind it meets a null pointer.
// Bound:  1 item, 1 steal.
#pragma once

#include "models/deque/workload.h"

namespace wyn::deque_models {

template <class Env, class Orders, class Deque = shipped_deque>
struct last_item {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.pop();
    } else {
      work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Deque, 1, threads> work{2};
};

}  // namespace wyn::deque_models
