// Goal:   The producer takes its own items by the same claim as everybody.
// Method: The producer pushes, claims, and pushes again beside a consumer.
// Bound:  2 items, 1 claim by each side.
#pragma once

#include "models/injector/workload.h"

namespace wyn::injector_models {

template <class Env, class Orders, class Ring = shipped_ring>
struct producer_claims {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.claim(id, 1);
      work.push();
    } else {
      work.claim(id, 2);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Ring, 2, threads> work{2, 2};
};

}  // namespace wyn::injector_models
