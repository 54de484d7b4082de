// Ordering tables with one order weakened by one step, as types. The explorer overrides an order at
// run time (deque_matrix_test.cc); Relacy needs a table of its own for each.
#pragma once

#include "core/deque/deque_orders.h"

namespace wyn::deque_models {

struct no_push_fence : deque_fence_orders {
  static constexpr site<"DF4 push.fence", order::none> push_fence{};
};
struct weak_pop_fence : deque_fence_orders {
  static constexpr site<"DF7 pop.fence", order::acq_rel> pop_fence{};
};
struct weak_steal_fence : deque_fence_orders {
  static constexpr site<"DF11 steal.fence", order::acq_rel> steal_fence{};
};
struct relaxed_steal_load_bottom : deque_fence_orders {
  static constexpr site<"DF12 steal.load_bottom", order::relaxed> steal_load_bottom{};
};
struct relaxed_steal_load_buffer : deque_fence_orders {
  static constexpr site<"DF13 steal.load_buffer", order::relaxed> steal_load_buffer{};
};
struct relaxed_grow_store_buffer : deque_fence_orders {
  static constexpr site<"DF15 grow.store_buffer", order::relaxed> grow_store_buffer{};
};

struct relaxed_push_store_bottom : deque_seq_cst_orders {
  static constexpr site<"DS5 push.store_bottom", order::relaxed> push_store_bottom{};
};
struct release_pop_store_bottom : deque_seq_cst_orders {
  static constexpr site<"DS6 pop.store_bottom", order::release> pop_store_bottom{};
};
struct acquire_pop_load_top : deque_seq_cst_orders {
  static constexpr site<"DS8 pop.load_top", order::acquire> pop_load_top{};
};
struct acquire_steal_load_bottom : deque_seq_cst_orders {
  static constexpr site<"DS12 steal.load_bottom", order::acquire> steal_load_bottom{};
};
struct acq_rel_steal_cas_top : deque_seq_cst_orders {
  static constexpr site<"DS14 steal.cas_top", order::acq_rel, order::relaxed> steal_cas_top{};
};

}  // namespace wyn::deque_models
