// Goal:   The owner takes the return list over between two returns of one thread, and after both.
// Method: One thread gives two slots back in turn; the owner takes, uses and gives back locally.
// Bound:  2 slots, 2 returns by one thread, 3 allocations.
#pragma once

#include "models/task_pool/workload.h"

namespace wyn::task_pool_models {

template <class Env, class Orders, class Pool = shipped_pool>
struct return_in_turn {
  static constexpr int threads = 2;

  void before() {
    given[0] = work.take(0, 1);
    given[1] = work.take(0, 2);
  }
  void thread(int id) {
    if (id == 1) {
      work.give_back(given[0], 1, -1);
      work.give_back(given[1], 2, -1);
      return;
    }
    if (void* slot = work.take(0, 3)) work.give_back(slot, 3, 0);
    taken[0] = work.take(0, 4);
    taken[1] = work.take(0, 5);
  }
  void after() {
    if (taken[0] != nullptr) work.give_back(taken[0], 4, 0);
    if (taken[1] != nullptr) work.give_back(taken[1], 5, 0);
    work.check_complete();
  }

  workload<Env, Orders, Pool, 1, 2> work;
  void* given[2] = {};
  void* taken[2] = {};
};

}  // namespace wyn::task_pool_models
