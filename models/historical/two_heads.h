// A thief claims items of a ring first and copies them afterwards.
//
// claimed_slot_overwritten: tokio's run queue (#2387). The thief moves head, so that the owner,
//   which puts what it has stolen itself into its own ring, finds room in the slots that the thief
//   is still copying. Repaired: head has two halves: behind one of them nothing is queued any more,
//   behind the other nobody copies any more; the owner asks the second for room.
#pragma once

#include <cstdint>

#include "core/base/named.h"
#include "core/base/site.h"
#include "models/deque/workload.h"

namespace wyn::historical {

struct two_heads_orders {
  static constexpr site<"TH1 push.load_tail", order::relaxed> push_load_tail{};
  static constexpr site<"TH2 push.load_heads", order::acquire> push_load_heads{};
  static constexpr site<"TH3 push.store_tail", order::release> push_store_tail{};
  static constexpr site<"TH4 take.load_heads", order::acquire> take_load_heads{};
  static constexpr site<"TH5 take.load_tail", order::acquire> take_load_tail{};
  static constexpr site<"TH6 take.claim", order::acq_rel> take_claim{};
  static constexpr site<"TH7 take.copied", order::release> take_copied{};
};

/// A ring of one slot. One thread pushes; it and one thief take, in the same way.
template <bool AsksWhoCopies, class Item, class Env, class Orders>
class two_heads_ring {
 public:
  two_heads_ring(std::int64_t, std::int64_t) {
    name_object<Env>(heads_, "heads");
    name_object<Env>(tail_, "tail");
    name_object<Env>(slot_, "slot");
  }

  bool push(const Item& item) {
    const std::uint32_t t = tail_.load(Orders::push_load_tail);
    const std::uint64_t heads = heads_.load(Orders::push_load_heads);
    if (t - (AsksWhoCopies ? copied_of(heads) : claimed_of(heads)) >= 1) return false;
    slot_.write(item);
    tail_.store(t + 1, Orders::push_store_tail);
    return true;
  }
  bool pop(Item& item) { return steal(item) == steal_result::item; }

  steal_result steal(Item& item) {
    std::uint64_t heads = heads_.load(Orders::take_load_heads);
    if (claimed_of(heads) != copied_of(heads)) return steal_result::lost;
    if (claimed_of(heads) == tail_.load(Orders::take_load_tail)) return steal_result::empty;
    if (!heads_.compare_exchange(heads, heads + 1, Orders::take_claim)) return steal_result::lost;
    item = slot_.read();
    heads_.fetch_add(std::uint64_t{1} << 32, Orders::take_copied);
    return steal_result::item;
  }

  std::int64_t size_estimate() const {
    return tail_.load(Orders::take_load_tail) - claimed_of(heads_.load(Orders::take_load_heads));
  }

 private:
  static std::uint32_t claimed_of(std::uint64_t heads) { return static_cast<std::uint32_t>(heads); }
  static std::uint32_t copied_of(std::uint64_t heads) {
    return static_cast<std::uint32_t>(heads >> 32);
  }

  typename Env::template atomic<std::uint64_t> heads_{0};  // copied up to above, claimed below
  typename Env::template atomic<std::uint32_t> tail_{0};
  typename Env::template plain<Item> slot_;
};

template <bool AsksWhoCopies>
struct deque_with_two_heads {
  template <class Item, class Env, class Orders>
  using type = two_heads_ring<AsksWhoCopies, Item, Env, Orders>;
};

// Goal:   A slot is not written while a thief copies it.
// Method: The owner pushes a second item into the ring of one slot that a thief takes from.
// Bound:  2 items, 1 steal.
template <class Env, bool AsksWhoCopies>
struct push_during_copy {
  static constexpr int threads = 2;

  void before() { work.push(); }
  void thread(int id) {
    if (id == 0) {
      work.push();
    } else {
      work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  deque_models::workload<Env, two_heads_orders, deque_with_two_heads<AsksWhoCopies>, 2, threads>
      work{1};
};

template <class Env>
struct claimed_slot_overwritten {
  using bug = push_during_copy<Env, false>;
  using repaired = push_during_copy<Env, true>;
};

}  // namespace wyn::historical
