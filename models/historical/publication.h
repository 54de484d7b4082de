// Push publishes its item.
//
// release_store_in_push: push publishes by a release store, pop's stores to bottom are relaxed:
//   crossbeam RFC 26, and crossbeam's path for ThreadSanitizer. By C++11 a later store of the same
//   thread continues the release sequence; P0982 dropped that, and since C++20 a thief that reads
//   bottom from a pop does not see the item. Repaired: a release fence in push, or, as here, a
//   release store in pop too.
// no_fence_in_push: nothing stands between the store of the item and that of bottom
//   (ssbl/concurrent-deque#2: no store-store fence). Repaired: a release fence.
#pragma once

#include "core/deque/deque_orders.h"
#include "models/deque/broken_deque.h"
#include "models/deque/publication.h"
#include "models/deque/publication_after_pop.h"
#include "models/deque/weakened_orders.h"

namespace wyn::historical {

template <class Env>
struct release_store_in_push {
  using bug = deque_models::publication_after_pop<Env, deque_models::release_store_orders>;
  using repaired = deque_models::publication_after_pop<Env, deque_models::release_stores_orders>;
};

template <class Env>
struct no_fence_in_push {
  using bug = deque_models::publication<Env, deque_models::no_push_fence>;
  using repaired = deque_models::publication<Env, deque_fence_orders>;
};

}  // namespace wyn::historical
