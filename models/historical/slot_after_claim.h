// A slot is read after the compare-exchange that claims it: by then its writer may have come round.
//
// deque_slot_after_claim: a thief of a Chase-Lev deque (charm++ #1345). The owner has pushed
//   another item into the slot meanwhile: that one runs twice, the claimed one never. Repaired:
//   read first, use what was read only if the compare-exchange succeeds.
// ring_slot_after_claim: the global run queue of wynlang/wyn at commit c0d77f4, whose push did not
//   ask whether the ring was full either. Of a million tasks about 194,000 ran. Repaired: likewise.
#pragma once

#include "core/deque/deque_orders.h"
#include "core/injector/producer_ring_orders.h"
#include "models/deque/broken_deque.h"
#include "models/deque/wrap_around.h"
#include "models/injector/broken_rings.h"
#include "models/injector/wrap_around.h"

namespace wyn::historical {

template <class Env>
struct deque_slot_after_claim {
  template <deque_models::mistake Mistake>
  using with =
      deque_models::wrap_around<Env, deque_fence_orders, deque_models::deque_with<Mistake>>;
  using bug = with<deque_models::mistake::slot_read_after_cas>;
  using repaired = with<deque_models::mistake::none>;
};

template <class Env>
struct ring_slot_after_claim {
  template <injector_models::fault Fault>
  using with =
      injector_models::wrap_around<Env, producer_ring_orders, injector_models::broken<Fault>>;
  using bug = with<injector_models::fault::slots_after_claim>;
  using repaired = with<injector_models::fault::none>;
};

}  // namespace wyn::historical
