// Goal:   No ABA on the return list: between a returning thread's look at the head and its
//         compare-exchange, that head is taken over, used again and returned again.
// Method: One slot is on the return list. The owner takes it and returns it as a thread without a
//         heap does, while another thread returns the second slot.
// Bound:  2 slots, 3 returns, 3 allocations.
#pragma once

#include "models/task_pool/workload.h"

namespace wyn::task_pool_models {

template <class Env, class Orders, class Pool = shipped_pool>
struct return_and_reuse {
  static constexpr int threads = 2;

  void before() {
    void* first = work.take(0, 1);
    given = work.take(0, 2);
    work.give_back(first, 1, -1);
  }
  void thread(int id) {
    if (id == 1) {
      work.give_back(given, 2, -1);
      return;
    }
    if (void* slot = work.take(0, 3)) work.give_back(slot, 3, -1);
    taken[0] = work.take(0, 4);
    taken[1] = work.take(0, 5);
  }
  void after() {
    if (taken[0] != nullptr) work.give_back(taken[0], 4, 0);
    if (taken[1] != nullptr) work.give_back(taken[1], 5, 0);
    work.check_complete();
  }

  workload<Env, Orders, Pool, 1, 2> work;
  void* given = nullptr;
  void* taken[2] = {};
};

}  // namespace wyn::task_pool_models
