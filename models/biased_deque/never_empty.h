// Goal:   A deque that is never empty is never called empty: who finds that the owner has taken the
//         oldest item sees what the owner had pushed before, even by a look without a fence.
// Method: One item is queued. The owner pushes a second one, then takes the first; a thief steals.
// Bound:  2 items, 1 push, 1 take of the oldest, 1 thief and 1 steal.
#pragma once

#include "models/deque/workload.h"

namespace wyn::biased_models {

template <class Env, class Orders, class Deque>
struct never_empty {
  static constexpr int threads = 2;

  void before() { work.push(); }
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.take_oldest();
    } else {
      Env::check(work.steal(id) != steal_result::empty, "there is an item at every moment");
    }
  }
  void after() { work.drain_and_check(); }

  deque_models::workload<Env, Orders, Deque, 2, threads> work{2};
};

}  // namespace wyn::biased_models
