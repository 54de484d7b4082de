// Goal:   The release sequence on the return list over more than one link: the owner that reads the
//         last of three returns sees the uses of all three slots.
// Method: Three threads give back a slot each while the owner takes what it can get.
// Bound:  3 slots, 3 returning threads, 2 allocations.
#pragma once

#include "models/task_pool/workload.h"

namespace wyn::task_pool_models {

template <class Env, class Orders, class Pool = shipped_pool>
struct three_returns {
  static constexpr int threads = 4;

  void before() {
    for (int i = 0; i < 3; ++i) given[i] = work.take(0, 1 + i);
  }
  void thread(int id) {
    if (id == 0) {
      taken[0] = work.take(0, 4);
      taken[1] = work.take(0, 5);
    } else {
      work.give_back(given[id - 1], id, -1);
    }
  }
  void after() {
    if (taken[0] != nullptr) work.give_back(taken[0], 4, 0);
    if (taken[1] != nullptr) work.give_back(taken[1], 5, 0);
    work.check_complete();
  }

  workload<Env, Orders, Pool, 1, 3> work;
  void* given[3] = {};
  void* taken[2] = {};
};

}  // namespace wyn::task_pool_models
