// A lock-free work-stealing deque.
//
// Papers:    Chase & Lev, "Dynamic Circular Work-Stealing Deque", SPAA'05; Le, Pop, Cohen, Zappa
//            Nardelli, "Correct and Efficient Work-Stealing for Weak Memory Models", PPoPP'13.
// Roles, invariants: deque_base.h. There is no ABA on top.
// Progress:  push and pop are wait-free but for growth, which allocates; steal is lock-free: it
//            reports a lost race instead of retrying, and loses only to somebody's success.
// Linearization: push at its store to bottom; a steal at its compare-exchange; pop at its store to
//            bottom, or at its compare-exchange when one item is left; an empty answer of pop at
//            its first step. An empty answer of steal says that every item whose push happened
//            before it was taken, or was the last one and its owner was popping it.
// Rejected:  a release store in push beside relaxed stores in pop (broken since C++20, P0982);
//            32-bit or reset indices (ABA); freeing an outgrown buffer at once (a thief may read
//            it).
#pragma once

#include <cstdint>

#include "core/base/env_default.h"
#include "core/deque/deque_base.h"
#include "core/deque/deque_orders.h"

namespace wyn {

/// Top is an index.
struct index_top {
  static constexpr std::int64_t index_of(std::int64_t word) noexcept { return word; }
};

/// See the head of this file. `Item`: trivially copyable, one or several words of 8 bytes.
template <word_sized Item, class Env = env_default, class Orders = deque_default_orders>
class chase_lev_deque : public deque_base<Item, Env, Orders, index_top> {
  using base = deque_base<Item, Env, Orders, index_top>;
  using base::bottom_;
  using base::known_top_;
  using base::slots_;
  using base::top_;

 public:
  /// An empty deque; allocates nothing before the first push. `initial_capacity` and
  /// `max_capacity`, in items, are rounded up to powers of two; with both equal it never grows.
  explicit chase_lev_deque(std::int64_t initial_capacity = base::default_capacity,
                           std::int64_t max_capacity = base::unbounded) noexcept
      : base(initial_capacity, max_capacity) {}

  /// Frees the memory; items still queued are dropped. No other thread may use the deque any more.
  ~chase_lev_deque() = default;

  /// As biased_deque's; there is nothing to prepare here.
  void expect_thieves(int) noexcept {}

  /// Takes the item pushed last. Owner only. False when there is none, and then `item` keeps its
  /// value. Wait-free, O(1), no allocation.
  bool pop(Item& item) noexcept {
    const std::int64_t b = bottom_.load(Orders::push_load_bottom) - 1;
    if (b < known_top_) return false;  // top only grows: empty, and no fence was needed to see it
    bottom_.store(b, Orders::pop_store_bottom);
    Env::fence(Orders::pop_fence);
    const std::int64_t t = top_.load(Orders::pop_load_top);
    if (t < b) [[likely]] {  // no thief can be after this item
      item = slots_.load(b, Orders::pop_load_slot);
      return true;
    }
    return this->pop_last(b, t, item);
  }

  /// Takes the item pushed first. Owner only. False when there is none, and then `item` keeps its
  /// value. Lock-free, no allocation. The owner is a thief like any other here.
  bool take_oldest(Item& item) noexcept {
    steal_result r;
    do {
      r = steal(item);
    } while (r == steal_result::lost);
    return r == steal_result::item;
  }

  /// Takes the item pushed first. Any thread but the owner in the middle of push or pop. Lock-free,
  /// no allocation. `item` is written only when the answer is steal_result::item.
  /// may_take(item) is asked when the item has been read and before it is taken; `lost` if it says
  /// no. If the item can still be taken, whatever was written before its push is visible to it;
  /// else its words may be those of several items.
  template <class MayTake = unconditional>
  steal_result steal(Item& item, const MayTake& may_take = {}) noexcept {
    const std::int64_t t = top_.load(Orders::steal_load_top);
    Env::fence(Orders::steal_fence);
    return this->steal_first(t, item, may_take);
  }
};

}  // namespace wyn
