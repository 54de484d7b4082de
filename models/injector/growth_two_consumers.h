// Goal:   Two consumers around a growth.
// Method: A ring that holds one item in its only slot; the producer adds another.
// Bound:  2 items, 1 claim by each of 2 consumers, capacities 1 and 2.
#pragma once

#include "models/injector/workload.h"

namespace wyn::injector_models {

template <class Env, class Orders, class Ring = shipped_ring>
struct growth_two_consumers {
  static constexpr int threads = 3;

  void before() { work.push(); }
  void thread(int id) {
    if (id == 0) {
      work.push();
    } else {
      work.claim(id, 2);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Ring, 2, threads> work{1, 2};
};

}  // namespace wyn::injector_models
