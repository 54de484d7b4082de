// Goal:   A consumer that comes back may go by the tail that its last claim has seen: it gets the
//         oldest items with their payloads, from the buffer that holds them by then.
// Method: Three pushes into a ring that starts with one slot, against a consumer that claims twice
//         and keeps what it knows, and another one.
// Bound:  3 items, 3 claims, capacities 1, 2 and 4.
#pragma once

#include "models/injector/workload.h"

namespace wyn::injector_models {

template <class Env, class Orders, class Ring = shipped_ring>
struct come_back {
  static constexpr int threads = 3;

  void before() { work.push(); }
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
    } else if (id == 1) {
      work.claim_again(id, 1);
      work.claim_again(id, 1);
    } else {
      work.claim(id, 1);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Ring, 3, threads> work{1, 4};
};

}  // namespace wyn::injector_models
