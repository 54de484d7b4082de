// Goal:   Who claims an item sees what its producer wrote before the push.
// Method: One push against one claim; the payload is plain memory.
// Bound:  1 item, 1 claim.
#pragma once

#include "models/injector/workload.h"

namespace wyn::injector_models {

template <class Env, class Orders, class Ring = shipped_ring>
struct publication {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
    } else {
      work.claim(id, 1);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Ring, 1, threads> work{2, 2};
};

}  // namespace wyn::injector_models
