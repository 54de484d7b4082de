// Goal:   Publication when the thief reads a bottom that pop wrote: a decrement stands between
//         the push and the thief. Since C++20 a store of pop ends the release sequence of push's
//         store.
// Method: push, push, pop against one steal of the first item.
// Bound:  2 items, 1 steal.
#pragma once

#include "models/deque/workload.h"

namespace wyn::deque_models {

template <class Env, class Orders, class Deque = shipped_deque>
struct publication_after_pop {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
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
