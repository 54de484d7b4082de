// The indices of a Chase-Lev deque are unsigned.
//
// unsigned_indices: a pop of the empty deque makes bottom -1 for a moment. As a size_t that is the
//   largest number there is: the deque looks full, and pop returns what lies in the slot, since top
//   is not above bottom (review of crossbeam PR#33). Repaired: signed indices.
#pragma once

#include <cstdint>

#include "core/base/named.h"
#include "core/deque/circular_buffer.h"
#include "core/deque/deque_orders.h"
#include "models/deque/workload.h"

namespace wyn::historical {

/// A deque of a fixed size whose indices are of the type `Index`.
template <class Index, class Item, class Env, class Orders>
class indexed_deque {
 public:
  indexed_deque(std::int64_t capacity, std::int64_t) : buffer_(buffer::create(capacity, nullptr)) {
    name_object<Env>(top_, "top");
    name_object<Env>(bottom_, "bottom");
  }
  indexed_deque(const indexed_deque&) = delete;
  indexed_deque& operator=(const indexed_deque&) = delete;
  ~indexed_deque() { buffer::destroy_chain(buffer_); }

  bool push(const Item& item) {
    const Index b = bottom_.load(Orders::push_load_bottom);
    const Index t = top_.load(Orders::push_load_top);
    if (static_cast<std::int64_t>(b - t) >= buffer_->capacity()) return false;
    buffer_->store(slot(b), item, Orders::push_store_slot);
    Env::fence(Orders::push_fence);
    bottom_.store(b + 1, Orders::push_store_bottom);
    return true;
  }

  bool pop(Item& item) {
    const Index b = bottom_.load(Orders::push_load_bottom) - 1;
    bottom_.store(b, Orders::pop_store_bottom);
    Env::fence(Orders::pop_fence);
    Index t = top_.load(Orders::pop_load_top);
    if (t < b) {
      item = buffer_->load(slot(b), Orders::pop_load_slot);
      return true;
    }
    const bool won = t == b && top_.compare_exchange(t, t + 1, Orders::pop_cas_top);
    if (won) item = buffer_->load(slot(b), Orders::pop_load_slot);
    bottom_.store(b + 1, Orders::pop_restore_bottom);
    return won;
  }

  steal_result steal(Item& item) {
    Index t = top_.load(Orders::steal_load_top);
    Env::fence(Orders::steal_fence);
    const Index b = bottom_.load(Orders::steal_load_bottom);
    if (t >= b) return steal_result::empty;
    const Item candidate = buffer_->load(slot(t), Orders::steal_load_slot);
    if (!top_.compare_exchange(t, t + 1, Orders::steal_cas_top)) return steal_result::lost;
    item = candidate;
    return steal_result::item;
  }

  std::int64_t size_estimate() const {
    return static_cast<std::int64_t>(bottom_.load(Orders::size_load_bottom) -
                                     top_.load(Orders::size_load_top));
  }

 private:
  using buffer = circular_buffer<Item, Env>;

  static std::int64_t slot(Index index) { return static_cast<std::int64_t>(index); }

  typename Env::template atomic<Index> top_{0};
  typename Env::template atomic<Index> bottom_{0};
  buffer* buffer_;
};

template <class Index>
struct deque_with_indices {
  template <class Item, class Env, class Orders>
  using type = indexed_deque<Index, Item, Env, Orders>;
};

// Goal:   A pop of the empty deque finds nothing, and gives a thief nothing to find.
// Method: A pop before and after a push, against two steals.
// Bound:  1 item, 2 pops, 2 steals by one thief.
template <class Env, class Index>
struct pop_of_nothing {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.pop();
      work.push();
      work.pop();
    } else {
      work.steal(id);
      work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  deque_models::workload<Env, deque_fence_orders, deque_with_indices<Index>, 1, threads> work{2};
};

template <class Env>
struct unsigned_indices {
  using bug = pop_of_nothing<Env, std::uint64_t>;
  using repaired = pop_of_nothing<Env, std::int64_t>;
};

}  // namespace wyn::historical
