// Goal:   A consumer in the middle of a claim while the ring grows twice: it sees the copied items,
//         and the outgrown buffer stays readable.
// Method: Three pushes into a ring that starts with one slot.
// Bound:  3 items, 2 claims by one consumer, capacities 1, 2 and 4.
#pragma once

#include "models/injector/workload.h"

namespace wyn::injector_models {

template <class Env, class Orders, class Ring = shipped_ring>
struct growth {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
      work.push();
    } else {
      work.claim(id, 1);
      work.claim(id, 2);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Ring, 3, threads> work{1, 4};
};

}  // namespace wyn::injector_models
