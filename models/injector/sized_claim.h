// Goal:   A consumer may look at a ring's size before it claims, as the scheduler does: what it is
//         told lies within bounds, and what it claims then is right.
// Method: Two pushes against a consumer that claims if it finds the ring not empty, and another one
//         that claims without a look.
// Bound:  2 items, 1 look, 2 claims of one item each.
#pragma once

#include <cstdint>

#include "models/injector/workload.h"

namespace wyn::injector_models {

template <class Env, class Orders, class Ring = shipped_ring>
struct sized_claim {
  static constexpr int threads = 3;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
    } else if (id == 1) {
      work.claim(id, 1);
    } else {
      const std::int64_t size = work.size_estimate();
      Env::check(size >= 0 && size <= 2, "no more items than were pushed");
      if (size > 0) work.claim(id, 1);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Ring, 2, threads> work{2, 2};
};

}  // namespace wyn::injector_models
