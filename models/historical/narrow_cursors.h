// A ring whose cursors have too few bits.
//
// head_wraps: tokio's run queue had 16-bit cursors (#5041). A thief that is preempted between its
//   look at head and its compare-exchange succeeds after 2^16 pops, on items that are long gone.
//   Here the cursors have one bit, for a ring of one slot, and two pops do. Repaired: more bits
//   than can wrap meanwhile; 32 here, which these models never wrap.
// full_looks_empty: as many slots as the cursors have values (tokio #2315: cursors of 8 bits), so
//   that head == tail says two things. Repaired: more values than slots.
#pragma once

#include <cstdint>

#include "core/base/named.h"
#include "core/base/site.h"
#include "models/deque/workload.h"

namespace wyn::historical {

struct narrow_ring_orders {
  static constexpr site<"NR1 push.load_tail", order::relaxed> push_load_tail{};
  static constexpr site<"NR2 push.load_head", order::acquire> push_load_head{};
  static constexpr site<"NR3 push.store_slot", order::relaxed> push_store_slot{};
  static constexpr site<"NR4 push.store_tail", order::release> push_store_tail{};
  static constexpr site<"NR5 take.load_head", order::acquire> take_load_head{};
  static constexpr site<"NR6 take.load_tail", order::acquire> take_load_tail{};
  static constexpr site<"NR7 take.load_slot", order::relaxed> take_load_slot{};
  static constexpr site<"NR8 take.cas_head", order::acq_rel> take_cas_head{};
};

/// One thread pushes; it and others take, first in first out. Cursors count modulo 2^`Bits`.
template <int Slots, int Bits, class Item, class Env, class Orders>
class narrow_ring {
 public:
  narrow_ring(std::int64_t, std::int64_t) {
    name_object<Env>(head_, "head");
    name_object<Env>(tail_, "tail");
    for (int i = 0; i < Slots; ++i) name_object<Env>(slots_[i], "slot", i);
  }

  bool push(const Item& item) {
    const std::uint32_t t = tail_.load(Orders::push_load_tail);
    if (distance(head_.load(Orders::push_load_head), t) >= Slots) return false;
    slots_[t % Slots].store(item, Orders::push_store_slot);
    tail_.store(next(t), Orders::push_store_tail);
    return true;
  }
  bool pop(Item& item) { return steal(item) == steal_result::item; }

  steal_result steal(Item& item) {
    std::uint32_t h = head_.load(Orders::take_load_head);
    if (distance(h, tail_.load(Orders::take_load_tail)) == 0) return steal_result::empty;
    const Item candidate = slots_[h % Slots].load(Orders::take_load_slot);
    if (!head_.compare_exchange(h, next(h), Orders::take_cas_head)) return steal_result::lost;
    item = candidate;
    return steal_result::item;
  }

  std::int64_t size_estimate() const {
    return distance(head_.load(Orders::take_load_head), tail_.load(Orders::take_load_tail));
  }

 private:
  static constexpr std::uint64_t mask = (std::uint64_t{1} << Bits) - 1;
  static std::uint32_t next(std::uint32_t cursor) {
    return static_cast<std::uint32_t>((cursor + 1) & mask);
  }
  static std::int64_t distance(std::uint32_t head, std::uint32_t tail) {
    return static_cast<std::int64_t>((tail - head) & mask);
  }

  typename Env::template atomic<std::uint32_t> head_{0};
  typename Env::template atomic<std::uint32_t> tail_{0};
  typename Env::template atomic<Item> slots_[Slots];
};

template <int Slots, int Bits>
struct ring {
  template <class Item, class Env, class Orders>
  using type = narrow_ring<Slots, Bits, Item, Env, Orders>;
};

// Goal:   A thief that was away while head went round claims nothing that is gone.
// Method: The owner sends two items through the ring of one slot, and one steal.
// Bound:  2 items, 1 steal.
template <class Env, int Bits>
struct head_goes_round {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 1) {
      work.steal(id);
      return;
    }
    for (int i = 0; i < 2; ++i) {
      work.push();
      work.pop();
    }
  }
  void after() { work.drain_and_check(); }

  deque_models::workload<Env, narrow_ring_orders, ring<1, Bits>, 2, threads> work{1};
};

// Goal:   A full ring is not taken for an empty one.
// Method: As many pushes as there are slots, against one steal.
// Bound:  2 items, 2 slots, 1 steal.
template <class Env, int Bits>
struct ring_is_full {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 1) {
      work.steal(id);
      return;
    }
    work.push();
    work.push();
  }
  void after() { work.drain_and_check(); }

  deque_models::workload<Env, narrow_ring_orders, ring<2, Bits>, 2, threads> work{2};
};

template <class Env>
struct head_wraps {
  using bug = head_goes_round<Env, 1>;
  using repaired = head_goes_round<Env, 32>;
};

template <class Env>
struct full_looks_empty {
  using bug = ring_is_full<Env, 1>;
  using repaired = ring_is_full<Env, 2>;
};

}  // namespace wyn::historical
