// Goal:   A heap may be destroyed as soon as it counts every slot as returned: the thread that
//         returned the last one does not touch the heap after its compare-exchange.
// Method: Two threads return a slot each; the owner destroys the heap if it finds none live.
// Bound:  2 slots, 2 returning threads.
#pragma once

#include <memory>
#include <new>

#include "models/task_pool/workload.h"

namespace wyn::task_pool_models {

template <class Env, class Orders, bool Guarded = false>
struct destroy_after_return {
  using heap = task_heap<Env, Orders, small_layout<Env, Guarded>>;
  static constexpr int threads = 3;

  void before() {
    own = ::new (Env::allocate(sizeof(heap), 16)) heap(budget);
    given[0] = own->allocate();
    given[1] = own->allocate();
  }
  void thread(int id) {
    if (id != 0) {
      heap::deallocate(given[id - 1], nullptr);
    } else if (own->live_slots() == 0) {
      destroy();
    }
  }
  void after() {
    if (own == nullptr) return;
    Env::check(own->live_slots() == 0, "every slot is back");
    destroy();
  }

  void destroy() {
    std::destroy_at(own);
    Env::deallocate(own, sizeof(heap), 16);
    own = nullptr;
  }

  slot_budget<Env> budget{2};
  heap* own = nullptr;
  void* given[2] = {};
};

}  // namespace wyn::task_pool_models
