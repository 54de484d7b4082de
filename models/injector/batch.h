// Goal:   A claim of several items takes as many as it sees, in order.
// Method: Two pushes against two claims of up to two.
// Bound:  2 items, 2 claims by one consumer.
#pragma once

#include "models/injector/workload.h"

namespace wyn::injector_models {

template <class Env, class Orders, class Ring = shipped_ring>
struct batch {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
    } else {
      work.claim(id, 2);
      work.claim(id, 2);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Ring, 2, threads> work{2, 2};
};

}  // namespace wyn::injector_models
