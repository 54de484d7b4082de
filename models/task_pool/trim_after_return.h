// Goal:   A slab goes back to the system only when no thread will touch it any more: not the thread
//         that has just returned its last slot and read the slab's header to do so.
// Method: One thread returns the only live slot; the owner trims and allocates again.
// Bound:  1 slot, 1 return, 1 trim, 1 allocation.
#pragma once

#include "models/task_pool/workload.h"

namespace wyn::task_pool_models {

template <class Env, class Orders, class Pool = shipped_pool>
struct trim_after_return {
  static constexpr int threads = 2;

  void before() { given = work.take(0, 1); }
  void thread(int id) {
    if (id == 1) {
      work.give_back(given, 1, -1);
      return;
    }
    const bool trimmed = work.trim(0) != 0;
    taken = work.take(0, 2);
    Env::check(taken != nullptr || !trimmed, "what was trimmed may be had again");
  }
  void after() {
    if (taken != nullptr) work.give_back(taken, 2, 0);
    work.check_complete();
    Env::check(work.trim(0) != 0, "a heap without live slots gives its slab back");
  }

  workload<Env, Orders, Pool, 1, 1> work;
  void* given = nullptr;
  void* taken = nullptr;
};

}  // namespace wyn::task_pool_models
