// Goal:   Two heaps whose owners return to each other at the same time: what one learns through its
//         return list does not stand in for what the other must.
// Method: Each thread holds a slot of the other's heap, gives it back and allocates twice.
// Bound:  2 heaps of 1 slot, 2 returns, 4 allocations.
#pragma once

#include "models/task_pool/workload.h"

namespace wyn::task_pool_models {

template <class Env, class Orders, class Pool = shipped_pool>
struct both_ways {
  static constexpr int threads = 2;

  void before() {
    given[1] = work.take(0, 1);
    given[0] = work.take(1, 2);
  }
  void thread(int id) {
    work.give_back(given[id], id == 0 ? 2 : 1, id);
    if (void* slot = work.take(id, 3 + id)) work.give_back(slot, 3 + id, id);
    taken[id] = work.take(id, 5 + id);
  }
  void after() {
    if (taken[0] != nullptr) work.give_back(taken[0], 5, 0);
    if (taken[1] != nullptr) work.give_back(taken[1], 6, 1);
    work.check_complete();
  }

  workload<Env, Orders, Pool, 2, 1> work;
  void* given[2] = {};
  void* taken[2] = {};
};

}  // namespace wyn::task_pool_models
