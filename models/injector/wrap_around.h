// Goal:   A slot is not overwritten under a consumer that goes on to take it.
// Method: A ring of one slot that never grows: each push needs the claim of the one before it.
//         Refused pushes are not repeated.
// Bound:  3 items, 2 claims by one consumer, 1 by another.
#pragma once

#include "models/injector/workload.h"

namespace wyn::injector_models {

template <class Env, class Orders, class Ring = shipped_ring>
struct wrap_around {
  static constexpr int threads = 3;

  void before() { work.push(); }
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
    } else {
      work.claim(id, 1);
      if (id == 1) work.claim(id, 1);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Ring, 3, threads> work{1, 1};
};

}  // namespace wyn::injector_models
