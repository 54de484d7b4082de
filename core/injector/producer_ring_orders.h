// The ordering table of the producer ring: one row per atomic access of producer_ring.h.
//
// Columns of the comments: "Pairs with" names the access on the other side, "Why" what would go
// wrong, "Killed by" the models in models/injector that fail when the row is weakened by one step.
// "Load buffering" names a part of the order that no model needs: RC11 forbids what it prevents,
// ARM and POWER do not. A row with neither is relaxed already. models/injector/ring_matrix_test.cc
// reads these comments and checks that they are true. There is no fence, so one table serves every
// environment, ThreadSanitizer's included.
#pragma once

#include "core/base/site.h"

namespace wyn {

struct producer_ring_orders {
  /// Own variable: only the producer writes tail.
  static constexpr site<"PR1 push.load_tail", order::relaxed> push_load_tail{};
  /// Pairs with PR9. Why: every consumer has read its slots before the producer overwrites them.
  /// Load buffering: acquire.
  static constexpr site<"PR2 push.load_head", order::acquire> push_load_head{};
  /// Published by PR4.
  static constexpr site<"PR3 push.store_slot", order::relaxed> push_store_slot{};
  /// Pairs with PR6. Why: the consumer sees the item and what it points to. Killed by: publication,
  /// batch.
  static constexpr site<"PR4 push.store_tail", order::release> push_store_tail{};

  /// An old head only makes the compare-exchange fail; a tail older than this head looks empty.
  static constexpr site<"PR5 claim.load_head", order::relaxed> claim_load_head{};
  /// Pairs with PR4, for the claims that go by the same tail later, too. Killed by: publication,
  /// batch, come_back.
  static constexpr site<"PR6 claim.load_tail", order::acquire> claim_load_tail{};
  /// Pairs with PR10. Why: the buffer's mask is plain data, and its slots were copied; PR6 does not
  /// cover a buffer that is newer than the tail. Killed by: growth.
  static constexpr site<"PR7 claim.load_buffer", order::acquire> claim_load_buffer{};
  static constexpr site<"PR8 claim.load_slot", order::relaxed> claim_load_slot{};
  /// Pairs with PR2. Why: the reads of the slots stay before the permission to overwrite them;
  /// earlier claims are covered too, as compare-exchanges continue a release sequence. The failure
  /// order is relaxed: a loser uses nothing it read. Load buffering: release.
  static constexpr site<"PR9 claim.cas_head", order::release> claim_cas_head{};

  /// Pairs with PR7. Killed by: growth.
  static constexpr site<"PR10 grow.store_buffer", order::release> grow_store_buffer{};
  static constexpr site<"PR11 grow.load_slot", order::relaxed> grow_load_slot{};
  static constexpr site<"PR12 grow.store_slot", order::relaxed> grow_store_slot{};

  /// Statistics and heuristics. In a sleeper's re-check they are ordered by the heavy fence.
  static constexpr site<"PR13 size.load_tail", order::relaxed> size_load_tail{};
  static constexpr site<"PR14 size.load_head", order::relaxed> size_load_head{};
  /// Coherence is enough: whoever has seen an item, or was told of it, sees a tail beyond it.
  static constexpr site<"PR15 total.load_tail", order::relaxed> total_load_tail{};
};

}  // namespace wyn
