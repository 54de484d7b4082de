// The ordering tables of the Chase-Lev deque: one row per atomic access of chase_lev_deque.h.
//
// Columns of the comments: "Pairs with" names the access on the other side, "Why" what would go
// wrong, "Killed by" the models in models/deque that fail when the row is weakened by one step.
// "Load buffering" names a part of the order that no model needs: RC11 forbids what it prevents,
// ARM and POWER do not. A row with neither is relaxed already. models/deque/deque_matrix_test.cc
// reads these comments and checks that they are true.
#pragma once

#include <type_traits>

#include "core/base/env_default.h"
#include "core/base/site.h"

namespace wyn {

/// Le, Pop, Cohen, Zappa Nardelli, "Correct and Efficient Work-Stealing for Weak Memory Models",
/// PPoPP'13, figure 1, with a release fence in push. Not for ThreadSanitizer, which ignores fences.
struct deque_fence_orders {
  /// Own variable: only the owner writes bottom.
  static constexpr site<"DF1 push.load_bottom", order::relaxed> push_load_bottom{};
  /// Pairs with DF14. Why: the thief has read the slot before the owner overwrites it.
  /// Load buffering: acquire.
  static constexpr site<"DF2 push.load_top", order::acquire> push_load_top{};
  /// Published by DF4 and DF5.
  static constexpr site<"DF3 push.store_slot", order::relaxed> push_store_slot{};
  /// Pairs with DF12. Why: the thief sees the item and what it points to. A release store in DF5
  /// instead would not do: pop's relaxed stores to bottom end its release sequence since C++20
  /// (P0982), while a fence covers them too. Killed by: publication, publication_after_pop.
  static constexpr site<"DF4 push.fence", order::release> push_fence{};
  static constexpr site<"DF5 push.store_bottom", order::relaxed> push_store_bottom{};

  static constexpr site<"DF6 pop.store_bottom", order::relaxed> pop_store_bottom{};
  /// Pairs with DF11. Why: the owner's claim of bottom-1 and its look at top may not pass a thief's
  /// look at bottom: both would take one item. Killed by: two_items, two_thieves.
  static constexpr site<"DF7 pop.fence", order::seq_cst> pop_fence{};
  /// Pairs with DF14. Why: as DF2; what pop learns of top lets later pushes overwrite slots without
  /// another look. Load buffering: acquire.
  static constexpr site<"DF8 pop.load_top", order::acquire> pop_load_top{};
  /// Pairs with DF14. Why: atomicity alone decides the race for the last item; acquire as in DF8,
  /// for a failure, too, tells that a thief has taken it. Load buffering: acquire.
  static constexpr site<"DF9 pop.cas_top", order::acquire> pop_cas_top{};
  static constexpr site<"DF9b pop.restore_bottom", order::relaxed> pop_restore_bottom{};
  /// The owner reads what it wrote itself.
  static constexpr site<"DF9c pop.load_slot", order::relaxed> pop_load_slot{};

  /// Ordered by DF11.
  static constexpr site<"DF10 steal.load_top", order::relaxed> steal_load_top{};
  /// Pairs with DF7. Killed by: two_items, two_thieves.
  static constexpr site<"DF11 steal.fence", order::seq_cst> steal_fence{};
  /// Pairs with DF4. Killed by: publication, publication_after_pop.
  static constexpr site<"DF12 steal.load_bottom", order::acquire> steal_load_bottom{};
  /// Pairs with DF15. Why: the buffer's mask and slots are plain and copied data.
  /// Killed by: growth.
  static constexpr site<"DF13 steal.load_buffer", order::acquire> steal_load_buffer{};
  static constexpr site<"DF13b steal.load_slot", order::relaxed> steal_load_slot{};
  /// Pairs with DF2, DF8 and DF9. Why: the read of the slot stays before the permission to
  /// overwrite it. The failure order is relaxed: a lost thief uses nothing it read.
  /// Load buffering: release.
  static constexpr site<"DF14 steal.cas_top", order::release> steal_cas_top{};

  /// Pairs with DF13. Killed by: growth.
  static constexpr site<"DF15 grow.store_buffer", order::release> grow_store_buffer{};
  static constexpr site<"DF15b grow.load_slot", order::relaxed> grow_load_slot{};
  static constexpr site<"DF15c grow.store_slot", order::relaxed> grow_store_slot{};

  /// A guess for statistics and heuristics; decides nothing.
  static constexpr site<"DF16 size.load_bottom", order::relaxed> size_load_bottom{};
  static constexpr site<"DF17 size.load_top", order::relaxed> size_load_top{};
};

/// Chase & Lev, SPAA'05, with seq_cst accesses instead of fences: what ThreadSanitizer understands.
struct deque_seq_cst_orders {
  static constexpr site<"DS1 push.load_bottom", order::relaxed> push_load_bottom{};
  /// Pairs with DS14, as DF2. Load buffering: acquire.
  static constexpr site<"DS2 push.load_top", order::acquire> push_load_top{};
  static constexpr site<"DS3 push.store_slot", order::relaxed> push_store_slot{};
  static constexpr site<"DS4 push.fence", order::none> push_fence{};
  /// Pairs with DS12. Killed by: publication.
  static constexpr site<"DS5 push.store_bottom", order::release> push_store_bottom{};

  /// Pairs with DS12 in the single total order. Also a release: a thief may read bottom from this
  /// store and take an item that an earlier push published. Killed by: two_items, two_thieves.
  static constexpr site<"DS6 pop.store_bottom", order::seq_cst> pop_store_bottom{};
  static constexpr site<"DS7 pop.fence", order::none> pop_fence{};
  /// Pairs with DS14 in the single total order. Killed by: two_items, two_thieves.
  static constexpr site<"DS8 pop.load_top", order::seq_cst> pop_load_top{};
  /// Pairs with DS10 and DS14. Why: a thief that reads this top sees the decrement before it, else
  /// it would take again, from an older bottom, what the owner has popped. Acquire as in DF9.
  /// Killed by: two_items, two_thieves. Load buffering: acquire.
  static constexpr site<"DS9 pop.cas_top", order::acq_rel> pop_cas_top{};
  /// Pairs with DS12. Why: a thief whose top is stale may read this bottom. Its compare-exchange
  /// will fail, but before that it follows a buffer that it must not find null.
  /// Killed by: last_item.
  static constexpr site<"DS9b pop.restore_bottom", order::release> pop_restore_bottom{};
  static constexpr site<"DS9c pop.load_slot", order::relaxed> pop_load_slot{};

  /// Pairs with DS9 and DS14. Why: a thief that sees the first steal may not read a bottom from
  /// before the owner's decrement. Killed by: two_thieves, growth_then_pop.
  static constexpr site<"DS10 steal.load_top", order::seq_cst> steal_load_top{};
  static constexpr site<"DS11 steal.fence", order::none> steal_fence{};
  /// Pairs with DS6 in the single total order, with DS5, DS6 and DS9b as an acquire.
  /// Killed by: two_items, two_thieves.
  static constexpr site<"DS12 steal.load_bottom", order::seq_cst> steal_load_bottom{};
  /// Pairs with DS15. Killed by: growth.
  static constexpr site<"DS13 steal.load_buffer", order::acquire> steal_load_buffer{};
  static constexpr site<"DS13b steal.load_slot", order::relaxed> steal_load_slot{};
  /// Pairs with DS8 in the single total order, with DS2, DS8 and DS9 as a release.
  /// Killed by: two_items, two_thieves.
  static constexpr site<"DS14 steal.cas_top", order::seq_cst, order::relaxed> steal_cas_top{};

  /// Pairs with DS13. Killed by: growth.
  static constexpr site<"DS15 grow.store_buffer", order::release> grow_store_buffer{};
  static constexpr site<"DS15b grow.load_slot", order::relaxed> grow_load_slot{};
  static constexpr site<"DS15c grow.store_slot", order::relaxed> grow_store_slot{};

  static constexpr site<"DS16 size.load_bottom", order::relaxed> size_load_bottom{};
  static constexpr site<"DS17 size.load_top", order::relaxed> size_load_top{};
};

/// The table of the Chase-Lev deque in an ordinary build.
using deque_default_orders =
    std::conditional_t<fences_usable, deque_fence_orders, deque_seq_cst_orders>;

}  // namespace wyn
