// The ordering table of the biased deque: one row per atomic access of biased_deque.h and
// deque_base.h. Columns as in deque_orders.h.
#pragma once

#include "core/base/site.h"

namespace wyn {

/// Not for ThreadSanitizer, which ignores fences.
struct biased_orders {
  /// Own variable: only the owner writes bottom.
  static constexpr site<"DB1 push.load_bottom", order::relaxed> push_load_bottom{};
  /// Pairs with DB22. Why: as DF2, the thief has read the slot before the owner overwrites it.
  /// Load buffering: acquire.
  static constexpr site<"DB2 push.load_top", order::acquire> push_load_top{};
  /// Published by DB4 and DB5.
  static constexpr site<"DB3 push.store_slot", order::relaxed> push_store_slot{};
  /// Pairs with DB19. Why: as DF4, the thief sees the item and what it points to.
  /// Killed by: publication, publication_after_pop, last_item.
  static constexpr site<"DB4 push.fence", order::release> push_fence{};
  static constexpr site<"DB5 push.store_bottom", order::relaxed> push_store_bottom{};

  static constexpr site<"DB6 pop.store_bottom", order::relaxed> pop_store_bottom{};
  /// Pairs with DB27. Without heavy fences there is no bias, and it is no fence (known_fence.h).
  /// Why: the heavy fence of whoever shares the deque falls before the store to
  /// bottom, and then the load of top sees the asking, or after the load, and then thieves see the
  /// store. Killed by: two_items, two_thieves, growth_then_pop, asked_for_the_last.
  static constexpr site<"DB7 pop.fence", order::light> pop_fence{};
  /// An index without a bias was written by the owner alone; every other answer is looked at again.
  /// Load buffering: acquire.
  static constexpr site<"DB8 pop.load_top", order::acquire> pop_load_top{};
  /// The owner reads what it wrote itself.
  static constexpr site<"DB9 pop.load_slot", order::relaxed> pop_load_slot{};
  /// Pairs with DB18, as DF7 with DF11, and with DB24: a thief whose count the owner misses has
  /// loaded the word of top that the owner had seen before this fence, or a newer one.
  /// Killed by: two_items, two_thieves, growth_then_pop, asked_for_the_last.
  static constexpr site<"DB10 slow_pop.fence", order::seq_cst> slow_pop_fence{};
  /// Pairs with DB22. Why: as DF8. Load buffering: acquire.
  static constexpr site<"DB11 slow_pop.load_top", order::acquire> slow_pop_load_top{};
  /// Pairs with DB22. Why: as DF9. Load buffering: acquire.
  static constexpr site<"DB12 pop.cas_top", order::acquire> pop_cas_top{};
  static constexpr site<"DB13 pop.restore_bottom", order::relaxed> pop_restore_bottom{};
  /// Pairs with DB29. Why: who has left the count has made its last write to top.
  /// Load buffering: acquire.
  static constexpr site<"DB14 rebias.load_askers", order::acquire> rebias_load_askers{};
  /// Atomicity alone: it replaces the word that the thieves steal under, or fails. Acquire as DB11.
  /// Load buffering: acquire.
  static constexpr site<"DB15 rebias.cas_top", order::acquire> rebias_cas_top{};

  /// The compare-exchange decides; an index that is too old makes it fail.
  static constexpr site<"DB15b oldest.load_top", order::relaxed> oldest_load_top{};
  /// Acquire pairs with DB22. Why: as DF9; its owner, too, may then overwrite slots without another
  /// look. Release pairs with DB16. Why: a thief that finds the item taken sees what was pushed
  /// before, else it would call a deque empty that never was. Killed by: never_empty.
  /// Load buffering: acquire.
  static constexpr site<"DB15c oldest.cas_top", order::acq_rel> oldest_cas_top{};

  /// Pairs with DB15c, for the peek, which has no fence; otherwise ordered by DB18.
  /// Killed by: never_empty.
  static constexpr site<"DB16 steal.load_top", order::acquire> steal_load_top{};
  /// Whether to ask; a miss is a miss of the whole steal.
  static constexpr site<"DB17 peek.load_bottom", order::relaxed> peek_load_bottom{};
  /// Pairs with DB10. Why: as DF11. The heavy fence is no substitute: it is older than this look at
  /// top. Killed by: two_items, two_thieves, growth_then_pop, asked_for_the_last.
  static constexpr site<"DB18 steal.fence", order::seq_cst> steal_fence{};
  /// Pairs with DB4. Killed by: two_items, two_thieves, growth, multi_word.
  static constexpr site<"DB19 steal.load_bottom", order::acquire> steal_load_bottom{};
  /// Pairs with DB30. Why: the buffer's mask and slots are plain and copied data.
  /// Killed by: growth, growth_then_pop, growth_two_thieves.
  static constexpr site<"DB20 steal.load_buffer", order::acquire> steal_load_buffer{};
  static constexpr site<"DB21 steal.load_slot", order::relaxed> steal_load_slot{};
  /// Pairs with DB2, DB11 and DB12. Why: as DF14. Load buffering: release.
  static constexpr site<"DB22 steal.cas_top", order::release> steal_cas_top{};

  /// Pairs with DB14, through DB24. Why: a thief is counted after all that it did before.
  /// Load buffering: release.
  static constexpr site<"DB23 ask.fetch_add_askers", order::release> ask_enter{};
  /// Pairs with DB10, see there. Proof: seq_cst.
  static constexpr site<"DB24 ask.fence", order::seq_cst> ask_fence{};
  static constexpr site<"DB25 ask.load_top", order::relaxed> ask_load_top{};
  static constexpr site<"DB26 ask.cas_top", order::relaxed> ask_cas_top{};
  /// Pairs with DB7. Killed by: two_items, two_thieves, growth_then_pop, asked_for_the_last.
  static constexpr site<"DB27 share.fence", order::heavy> share_fence{};
  static constexpr site<"DB28 share.cas_top", order::relaxed> share_cas_top{};
  /// Pairs with DB14. Why: see there. Load buffering: release.
  static constexpr site<"DB29 leave.fetch_add_askers", order::release> ask_leave{};

  /// Pairs with DB20. Killed by: growth, growth_then_pop, growth_two_thieves.
  static constexpr site<"DB30 grow.store_buffer", order::release> grow_store_buffer{};
  static constexpr site<"DB31 grow.load_slot", order::relaxed> grow_load_slot{};
  static constexpr site<"DB32 grow.store_slot", order::relaxed> grow_store_slot{};

  /// A guess for statistics and heuristics; decides nothing.
  static constexpr site<"DB33 size.load_bottom", order::relaxed> size_load_bottom{};
  static constexpr site<"DB34 size.load_top", order::relaxed> size_load_top{};
};

}  // namespace wyn
