// Goal:   A thief may look at a deque's size before it steals, as the scheduler does to spare
//         itself the fences: what it is told lies within bounds.
// Method: The owner pushes two and pops one against a thief that steals if it finds the deque not
//         empty. What it finds may be too old: then it steals nothing, or in vain.
// Bound:  2 items, 1 look, 1 steal.
#pragma once

#include <cstdint>

#include "models/deque/workload.h"

namespace wyn::deque_models {

template <class Env, class Orders, class Deque = shipped_deque>
struct sized_steal {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
      work.pop();
      return;
    }
    const std::int64_t size = work.deque().size_estimate();
    Env::check(size >= 0 && size <= 2, "no more items than were pushed");
    if (size > 0) work.steal(id);
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Deque, 2, threads> work{2};
};

}  // namespace wyn::deque_models
