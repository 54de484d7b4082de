// Goal:   A slot that two other threads return at the same time is used again only after both its
//         link and its last use are visible to the owner: the release sequence on the return list.
// Method: Two threads give back a slot each while the owner takes what it can get.
// Bound:  2 slots, 2 returning threads, 2 allocations.
#pragma once

#include "models/task_pool/workload.h"

namespace wyn::task_pool_models {

template <class Env, class Orders, class Pool = shipped_pool>
struct remote_return {
  static constexpr int threads = 3;

  void before() {
    given[0] = work.take(0, 1);
    given[1] = work.take(0, 2);
  }
  void thread(int id) {
    if (id == 0) {
      taken[0] = work.take(0, 3);
      taken[1] = work.take(0, 4);
    } else {
      work.give_back(given[id - 1], id, -1);
    }
  }
  void after() {
    if (taken[0] != nullptr) work.give_back(taken[0], 3, 0);
    if (taken[1] != nullptr) work.give_back(taken[1], 4, 0);
    work.check_complete();
  }

  workload<Env, Orders, Pool, 1, 2> work;
  void* given[2] = {};
  void* taken[2] = {};
};

}  // namespace wyn::task_pool_models
