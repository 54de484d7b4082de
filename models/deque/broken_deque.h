// Chase-Lev deques with one mistake each, most of them found in published code. A model that does
// not see through the mistake it is named for is too small.
//
// The tables' mistakes are rows that a mutant weakens; these are mistakes of the program, which no
// order repairs. The text follows core/deque/chase_lev_deque.h, without its cache of top.
#pragma once

#include <cstdint>

#include "core/base/named.h"
#include "core/deque/chase_lev_deque.h"
#include "core/deque/circular_buffer.h"
#include "core/deque/deque_orders.h"

namespace wyn::deque_models {

enum class mistake {
  none,                 ///< the control: no model may object
  slot_read_after_cas,  ///< steal reads the slot when the owner may overwrite it (charm++ #1345)
  old_buffer_after_growth,  ///< push stores into the outgrown buffer (listing of PPoPP'13)
  buffer_before_bottom,     ///< steal reads the buffer, then bottom: the item may be in a newer one
  bottom_before_top,        ///< steal reads bottom, then top: the item may be gone from bottom
  last_without_cas,         ///< pop takes the last item as if no thief could be after it
  one_slot_too_many,        ///< push calls the buffer full one item too late
};

/// The interface of chase_lev_deque, with `Mistake` in it.
template <class Item, class Env, class Orders, mistake Mistake>
class broken_deque {
 public:
  broken_deque(std::int64_t initial_capacity, std::int64_t max_capacity)
      : initial_capacity_(initial_capacity), max_capacity_(max_capacity) {
    name_object<Env>(top_, "top");
    name_object<Env>(buffer_, "buffer");
    name_object<Env>(bottom_, "bottom");
  }
  broken_deque(const broken_deque&) = delete;
  broken_deque& operator=(const broken_deque&) = delete;
  ~broken_deque() { buffer::destroy_chain(newest_); }

  bool push(const Item& item) {
    const std::int64_t b = bottom_.load(Orders::push_load_bottom);
    const std::int64_t t = top_.load(Orders::push_load_top);
    buffer* target = newest_;
    const std::int64_t room = capacity_ + (Mistake == mistake::one_slot_too_many && capacity_ > 0);
    if (b - t >= room) {
      const std::int64_t wanted = capacity_ == 0 ? initial_capacity_ : capacity_ * 2;
      if (wanted > max_capacity_) return false;
      grow(t, b, wanted);
    }
    if (Mistake != mistake::old_buffer_after_growth || target == nullptr) target = newest_;
    target->store(b, item, Orders::push_store_slot);
    Env::fence(Orders::push_fence);
    bottom_.store(b + 1, Orders::push_store_bottom);
    return true;
  }

  bool pop(Item& item) {
    const std::int64_t b = bottom_.load(Orders::push_load_bottom) - 1;
    bottom_.store(b, Orders::pop_store_bottom);
    Env::fence(Orders::pop_fence);
    std::int64_t t = top_.load(Orders::pop_load_top);
    const bool last_is_mine = Mistake == mistake::last_without_cas;
    if (t < b || (last_is_mine && t == b)) {
      item = newest_->load(b, Orders::pop_load_slot);
      return true;
    }
    bool won = false;
    if (t == b) {
      const Item candidate = newest_->load(b, Orders::pop_load_slot);
      won = top_.compare_exchange(t, t + 1, Orders::pop_cas_top);
      if (won) item = candidate;
    }
    bottom_.store(b + 1, Orders::pop_restore_bottom);
    return won;
  }

  steal_result steal(Item& item) {
    buffer* from = nullptr;
    if (Mistake == mistake::buffer_before_bottom) from = buffer_.load(Orders::steal_load_buffer);
    std::int64_t b = 0;
    if (Mistake == mistake::bottom_before_top) b = bottom_.load(Orders::steal_load_bottom);
    std::int64_t t = top_.load(Orders::steal_load_top);
    Env::fence(Orders::steal_fence);
    if (Mistake != mistake::bottom_before_top) b = bottom_.load(Orders::steal_load_bottom);
    if (t >= b) return steal_result::empty;
    if (from == nullptr) from = buffer_.load(Orders::steal_load_buffer);
    Item candidate{};
    if (Mistake != mistake::slot_read_after_cas) {
      candidate = from->load(t, Orders::steal_load_slot);
    }
    std::int64_t expected = t;
    if (!top_.compare_exchange(expected, t + 1, Orders::steal_cas_top)) return steal_result::lost;
    if (Mistake == mistake::slot_read_after_cas) {
      candidate = from->load(t, Orders::steal_load_slot);
    }
    item = candidate;
    return steal_result::item;
  }

  std::int64_t size_estimate() const {
    const std::int64_t items =
        bottom_.load(Orders::size_load_bottom) - top_.load(Orders::size_load_top);
    return items > 0 ? items : 0;
  }

 protected:
  using buffer = circular_buffer<Item, Env>;
  template <class T>
  using atomic = typename Env::template atomic<T>;

  atomic<std::int64_t> top_{0};
  atomic<buffer*> buffer_{nullptr};
  atomic<std::int64_t> bottom_{0};

 private:
  void grow(std::int64_t t, std::int64_t b, std::int64_t wanted) {
    buffer* larger = buffer::create(wanted, newest_);
    for (std::int64_t i = t; i < b; ++i) {
      larger->store(i, newest_->load(i, Orders::grow_load_slot), Orders::grow_store_slot);
    }
    newest_ = larger;
    capacity_ = wanted;
    buffer_.store(larger, Orders::grow_store_buffer);
  }

  std::int64_t capacity_ = 0;
  buffer* newest_ = nullptr;
  const std::int64_t initial_capacity_;
  const std::int64_t max_capacity_;
};

/// The third argument of a model: run it on the deque with this mistake.
template <mistake Mistake>
struct deque_with {
  template <class Item, class Env, class Orders>
  using type = broken_deque<Item, Env, Orders, Mistake>;
};

/// Push publishes with a release store instead of a release fence, and pop's stores stay relaxed:
/// right by the release sequences of C++11, wrong since C++20 (P0982): crossbeam RFC 26.
struct release_store_orders : deque_fence_orders {
  static constexpr site<"DF4 push.fence", order::none> push_fence{};
  static constexpr site<"DF5 push.store_bottom", order::release> push_store_bottom{};
};

/// As above, repaired: the decrement, too, is a release. Restore stays relaxed because it stands
/// behind pop's seq_cst fence, which covers it.
struct release_stores_orders : release_store_orders {
  static constexpr site<"DF6 pop.store_bottom", order::release> pop_store_bottom{};
};

}  // namespace wyn::deque_models
