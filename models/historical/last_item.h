// Owner and thieves after the same item.
//
// last_item_without_claim: pop returns the last item without a compare-exchange (wynlang/wyn,
//   commits c0d77f4 and 71c6dc1). Owner and thief both get it. Repaired: whoever moves top has it.
// no_seq_cst_fence_in_steal: a user of a published deque takes the seq_cst fence in steal for
//   superfluous, its loads being acquires (brpc #432, #2147). The owner's decrement and the thief's
//   look at bottom then miss each other. One steal does not show it: the first must move top past
//   what pop has looked at. x86 does not show it either: there loads keep their order. Repaired:
//   the fence.
#pragma once

#include "core/deque/deque_orders.h"
#include "models/deque/broken_deque.h"
#include "models/deque/last_item.h"
#include "models/deque/two_items.h"
#include "models/deque/weakened_orders.h"

namespace wyn::historical {

template <class Env>
struct last_item_without_claim {
  template <deque_models::mistake Mistake>
  using with = deque_models::last_item<Env, deque_fence_orders, deque_models::deque_with<Mistake>>;
  using bug = with<deque_models::mistake::last_without_cas>;
  using repaired = with<deque_models::mistake::none>;
};

template <class Env>
struct no_seq_cst_fence_in_steal {
  using bug = deque_models::two_items<Env, deque_models::weak_steal_fence>;
  using repaired = deque_models::two_items<Env, deque_fence_orders>;
};

}  // namespace wyn::historical
