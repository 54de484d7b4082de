// A thief of a Chase-Lev deque that takes several items.
//
// batch_in_one_claim: one compare-exchange moves top by several items. But pop takes an item
//   without a compare-exchange while it sees another one left, so the batch may cover what the
//   owner has taken meanwhile (review of crossbeam PR#148: "t + half overshoots"). Repaired: one at
//   a time.
// batch_from_one_array: the items are stolen one by one, each with a look at bottom, but all from
//   the array that was loaded for the first one (crossbeam-deque, CVE-2021-32810, PR#726, its LIFO
//   branch). What is pushed after a growth is not in that array: one task runs twice, another
//   never. Repaired: the array is loaded anew for each.
#pragma once

#include <cstdint>

#include "core/deque/deque_orders.h"
#include "models/deque/broken_deque.h"
#include "models/deque/workload.h"

namespace wyn::historical {

enum class batch_way {
  anew_for_each,  ///< the control
  in_one_claim,
  from_one_array,
};

/// A right deque, and a steal_batch that takes as many as it sees and may.
template <class Item, class Env, class Orders, batch_way Way>
class batch_deque
    : public deque_models::broken_deque<Item, Env, Orders, deque_models::mistake::none> {
  using base = deque_models::broken_deque<Item, Env, Orders, deque_models::mistake::none>;

 public:
  using base::base;

  /// The number of items put into `out`, at most `max`.
  int steal_batch(Item* out, int max) {
    std::int64_t top = this->top_.load(Orders::steal_load_top);
    int left = smaller(items_behind(top), max);
    if (left == 0) return 0;
    typename base::buffer* from = this->buffer_.load(Orders::steal_load_buffer);
    if (Way == batch_way::in_one_claim) return claim(top, left, from, out);
    int taken = 0;
    while (claim(top, 1, from, out + taken) == 1) {
      if (++taken, --left == 0) break;
      ++top;
      if (items_behind(top) == 0) break;
      if (Way == batch_way::anew_for_each) from = this->buffer_.load(Orders::steal_load_buffer);
    }
    return taken;
  }

 private:
  static int smaller(std::int64_t items, int max) {
    return items < max ? static_cast<int>(items) : max;
  }

  std::int64_t items_behind(std::int64_t top) {
    Env::fence(Orders::steal_fence);
    const std::int64_t items = this->bottom_.load(Orders::steal_load_bottom) - top;
    return items > 0 ? items : 0;
  }

  int claim(std::int64_t top, int count, typename base::buffer* from, Item* out) {
    for (int i = 0; i < count; ++i) out[i] = from->load(top + i, Orders::steal_load_slot);
    return this->top_.compare_exchange(top, top + count, Orders::steal_cas_top) ? count : 0;
  }
};

template <batch_way Way>
struct deque_with_batches {
  template <class Item, class Env, class Orders>
  using type = batch_deque<Item, Env, Orders, Way>;
};

// Goal:   A batch holds no item that the owner takes.
// Method: The owner pops, without a compare-exchange, what the batch of two covers.
// Bound:  3 items, one batch of up to 2, 2 pops.
template <class Env, batch_way Way>
struct batch_against_pops {
  static constexpr int threads = 2;

  void before() {
    for (int i = 0; i < 3; ++i) work.push();
  }
  void thread(int id) {
    if (id == 0) {
      work.pop();
      work.pop();
    } else {
      work.steal_batch(id, 2);
    }
  }
  void after() { work.drain_and_check(); }

  deque_models::workload<Env, deque_fence_orders, deque_with_batches<Way>, 3, threads> work{4};
};

// Goal:   A batch that begins before a growth ends with the items of after it.
// Method: The owner grows the array, takes what the batch has seen, and puts another item there.
// Bound:  4 items, one batch of up to 2, 2 pops, capacities 2 and 4.
template <class Env, batch_way Way>
struct batch_across_growth {
  static constexpr int threads = 2;

  void before() {
    work.push();
    work.push();
  }
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.pop();
      work.pop();
      work.push();
    } else {
      work.steal_batch(id, 2);
    }
  }
  void after() { work.drain_and_check(); }

  deque_models::workload<Env, deque_fence_orders, deque_with_batches<Way>, 4, threads> work{2};
};

template <class Env>
struct batch_in_one_claim {
  using bug = batch_against_pops<Env, batch_way::in_one_claim>;
  using repaired = batch_against_pops<Env, batch_way::anew_for_each>;
};

template <class Env>
struct batch_from_one_array {
  using bug = batch_across_growth<Env, batch_way::from_one_array>;
  using repaired = batch_across_growth<Env, batch_way::anew_for_each>;
};

}  // namespace wyn::historical
