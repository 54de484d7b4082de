// Goal:   A full deque refuses a push, says so, and loses nothing; a steal makes room.
// Method: Two items before the threads start, then two more pushes while a thief takes up to two.
// Bound:  5 items offered, 2 steals, capacity 2.
#pragma once

#include "models/deque/workload.h"

namespace wyn::deque_models {

template <class Env, class Orders, class Deque = shipped_deque>
struct bounded_full {
  static constexpr int threads = 2;

  void before() {
    work.push();
    work.push();
    Env::check(!work.push(), "a full deque refuses");
  }
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
    } else {
      work.steal(id);
      work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Deque, 5, threads> work{2, 2};
};

}  // namespace wyn::deque_models
