// Goal:   Two consumers never take the same item, and none is skipped.
// Method: Three pushes against two consumers that claim up to two.
// Bound:  3 items, 1 claim by each of 2 consumers.
#pragma once

#include "models/injector/workload.h"

namespace wyn::injector_models {

template <class Env, class Orders, class Ring = shipped_ring>
struct two_consumers {
  static constexpr int threads = 3;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
      work.push();
    } else {
      work.claim(id, 2);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Ring, 3, threads> work{4, 4};
};

}  // namespace wyn::injector_models
