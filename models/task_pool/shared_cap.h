// Goal:   Heaps that grow and trim at the same time never have more slots between them than the cap
//         allows, and none of the cap is lost.
// Method: Two owners under a cap of one slab and one slot: each allocates, frees, trims, and
//         allocates again.
// Bound:  2 heaps, 2 allocations and 1 trim each.
#pragma once

#include "models/task_pool/workload.h"

namespace wyn::task_pool_models {

template <class Env, class Orders>
struct shared_cap {
  using heap = task_heap<Env, Orders, small_layout<Env>>;
  static constexpr int threads = 2;
  static constexpr std::uint64_t cap = heap::slots_per_slab() + 1;

  void before() {}
  void thread(int id) {
    owner& o = owners[id];
    void* first = o.own.allocate();
    Env::check(first != nullptr, "the cap leaves a slot for each");
    heap::deallocate(first, &o.own);
    if (id == 0) o.own.trim();
    o.slot = o.own.allocate();
    Env::check(id == 0 || o.slot != nullptr, "who did not trim has its slab still");
  }
  void after() {
    std::uint64_t capacities = 0;
    for (owner& o : owners) {
      capacities += o.own.capacity();
      if (o.slot != nullptr) heap::deallocate(o.slot, &o.own);
    }
    Env::check(capacities <= cap, "the cap holds");
    Env::check(budget.taken(Orders::budget_load) == capacities, "the budget knows who has what");
    owners[0].own.trim();
    owners[1].own.trim();
    Env::check(owners[0].own.reserve(cap), "none of the cap is lost");
  }

  struct owner {
    explicit owner(slot_budget<Env>& b) : own(b) {}
    heap own;
    void* slot = nullptr;
  };
  slot_budget<Env> budget{cap};
  owner owners[2] = {owner(budget), owner(budget)};
};

}  // namespace wyn::task_pool_models
