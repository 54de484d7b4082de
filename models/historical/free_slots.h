// Which slots of a pool are free.
//
// free_list_aba: slots return to one stack from which every thread pops (future.c of wynlang/wyn at
//   commit eb79d9a). Between a look at the link of the head and the compare-exchange, that head is
//   popped, another slot too, and the head is pushed again: the link that becomes the head is in
//   use. Repaired: a tag beside the head, which each pop advances; or, as the task pool does it,
//   each slot returns to the one thread that pops.
// slots_in_turn: slots are given out in turn, whether they are free or not (the documented design
//   of wynlang/wyn at eb79d9a: 8192 slots). Built as documented, it never ran 1,808 of 10,000
//   tasks. Repaired: only free slots are given out.
#pragma once

#include <cstdint>

#include "core/base/named.h"
#include "core/base/site.h"
#include "core/task_pool/task_heap_orders.h"
#include "models/task_pool/broken_pools.h"
#include "models/task_pool/remote_return.h"

namespace wyn::historical {

struct free_list_orders {
  static constexpr site<"FL1 pop.load_head", order::acquire> pop_load_head{};
  static constexpr site<"FL2 pop.load_link", order::relaxed> pop_load_link{};
  static constexpr site<"FL3 pop.cas_head", order::acq_rel> pop_cas_head{};
  static constexpr site<"FL4 push.load_head", order::relaxed> push_load_head{};
  static constexpr site<"FL5 push.store_link", order::relaxed> push_store_link{};
  static constexpr site<"FL6 push.cas_head", order::acq_rel> push_cas_head{};
};

/// Treiber's stack of the slots 1 .. Slots, all of which lie on it in the beginning; 0: none.
template <class Env, class Orders, int Slots, bool Tags>
class free_list {
 public:
  free_list() : head_(1) {
    name_object<Env>(head_, "head");
    for (std::uint32_t slot = 1; slot <= Slots; ++slot) {
      name_object<Env>(links_[slot], "link", slot);
      links_[slot].store(slot < Slots ? slot + 1 : 0, Orders::push_store_link);
    }
  }

  std::uint32_t pop() {
    std::uint64_t head = head_.load(Orders::pop_load_head);
    for (;;) {
      const std::uint32_t slot = slot_of(head);
      if (slot == 0) return 0;
      const std::uint64_t link = links_[slot].load(Orders::pop_load_link);
      const std::uint64_t below = head - slot + link + one_tag;
      if (head_.compare_exchange(head, below, Orders::pop_cas_head)) return slot;
    }
  }

  void push(std::uint32_t slot) {
    std::uint64_t head = head_.load(Orders::push_load_head);
    do {
      links_[slot].store(slot_of(head), Orders::push_store_link);
    } while (!head_.compare_exchange(head, head - slot_of(head) + slot, Orders::push_cas_head));
  }

 private:
  static constexpr std::uint64_t one_tag = Tags ? std::uint64_t{1} << 32 : 0;

  static std::uint32_t slot_of(std::uint64_t head) { return static_cast<std::uint32_t>(head); }

  typename Env::template atomic<std::uint64_t> head_;  // tag in the upper half
  typename Env::template atomic<std::uint32_t> links_[Slots + 1];
};

// Goal:   No slot is in two hands.
// Method: One thread takes a slot; the other takes two and gives the first of them back.
// Bound:  2 slots, 3 pops, 1 push.
template <class Env, bool Tags>
struct slot_comes_back {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      hold(slots.pop());
      return;
    }
    const std::uint32_t first = slots.pop();
    hold(slots.pop());
    if (first != 0) slots.push(first);
  }
  void after() {
    for (std::uint32_t slot = slots.pop(); slot != 0; slot = slots.pop()) hold(slot);
    for (int slot = 1; slot <= 2; ++slot) Env::check(held[slot] == 1, "a slot is in one hand");
  }

  void hold(std::uint32_t slot) {
    if (slot != 0) Env::check(++held[slot] == 1, "a slot is in one hand");
  }

  free_list<Env, free_list_orders, 2, Tags> slots;
  int held[3] = {};
};

template <class Env>
struct free_list_aba {
  using bug = slot_comes_back<Env, false>;
  using repaired = slot_comes_back<Env, true>;
};

template <class Env>
struct slots_in_turn {
  using bug =
      task_pool_models::remote_return<Env, task_heap_default_orders,
                                      task_pool_models::pool_with<task_pool_models::mistake::ring>>;
  using repaired = task_pool_models::remote_return<Env, task_heap_default_orders>;
};

}  // namespace wyn::historical
