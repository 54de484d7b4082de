// Goal:   Two threads that allocate, and free each other's slots, never hold the same slot. A stack
//         of free slots that both pop from has ABA here.
// Method: Each thread takes two slots; one gives back the first of them, the other a slot that the
//         first thread's heap had handed out before.
// Bound:  2 threads with up to 2 slots each, 5 allocations, 2 returns.
#pragma once

#include "models/task_pool/workload.h"

namespace wyn::task_pool_models {

template <class Env, class Orders, class Pool = shipped_pool>
struct two_allocators {
  static constexpr int threads = 2;

  void before() { given = work.take(0, 1); }
  void thread(int id) {
    if (id == 0) {
      void* slot = work.take(0, 2);
      taken[0] = work.take(0, 3);
      if (slot != nullptr) work.give_back(slot, 2, 0);
    } else {
      taken[1] = work.take(1, 4);
      taken[2] = work.take(1, 5);
      work.give_back(given, 1, 1);
    }
  }
  void after() {
    if (taken[0] != nullptr) work.give_back(taken[0], 3, 0);
    if (taken[1] != nullptr) work.give_back(taken[1], 4, 1);
    if (taken[2] != nullptr) work.give_back(taken[2], 5, 1);
    work.check_complete();
  }

  workload<Env, Orders, Pool, 2, 2> work;
  void* given = nullptr;
  void* taken[3] = {};
};

}  // namespace wyn::task_pool_models
