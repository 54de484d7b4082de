// Growth of the deque's array.
//
// reload_after_growth: the listing of Le, Pop, Cohen and Zappa Nardelli (PPoPP'13) loads the array,
//   grows it if need be, and stores the item into the array it had loaded. CDSChecker's authors
//   found it (model-checker-benchmarks, chase-lev-deque-bugfix/deque.c: "Bug in paper"). A thief
//   looks for the item in the new array. Repaired: reload after growth.
// array_without_release: the order in which the same listing publishes the new array lets a thief
//   read what is not initialised yet; its errata repairs it (errata-ppopp207-le, as saturn#183
//   tells it, which suspects the same of a plain field). Here the store of the array is relaxed.
//   Repaired: release, and acquire in the thief.
#pragma once

#include "core/deque/deque_orders.h"
#include "models/deque/broken_deque.h"
#include "models/deque/growth.h"
#include "models/deque/weakened_orders.h"

namespace wyn::historical {

template <class Env, deque_models::mistake Mistake>
using growth_with =
    deque_models::growth<Env, deque_fence_orders, deque_models::deque_with<Mistake>>;

template <class Env>
struct reload_after_growth {
  using bug = growth_with<Env, deque_models::mistake::old_buffer_after_growth>;
  using repaired = growth_with<Env, deque_models::mistake::none>;
};

template <class Env>
struct array_without_release {
  using bug = deque_models::growth<Env, deque_models::relaxed_grow_store_buffer>;
  using repaired = deque_models::growth<Env, deque_fence_orders>;
};

}  // namespace wyn::historical
