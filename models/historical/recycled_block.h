// A block of items that is filled again while a thief is still in it.
//
// recycled_block: the block-based deque (BWoS, Wang et al., OSDI'23) as ported to stdexec (#1755,
//   PR#1752, #1967): a block's counter begins at 0 each time, so a thief that looked at it in the
//   last round claims an item of this one, and has read one of the last. Tasks were lost on x86
//   too. Repaired: the round stands beside the count in one word.
#pragma once

#include <cstdint>

#include "core/base/named.h"
#include "core/base/site.h"
#include "models/deque/workload.h"

namespace wyn::historical {

struct block_orders {
  static constexpr site<"RB1 fill.load_taken", order::acquire> fill_load_taken{};
  static constexpr site<"RB2 fill.store_slot", order::relaxed> fill_store_slot{};
  static constexpr site<"RB3 fill.store_taken", order::release> fill_store_taken{};
  static constexpr site<"RB4 take.load_taken", order::acquire> take_load_taken{};
  static constexpr site<"RB5 take.load_slot", order::relaxed> take_load_slot{};
  static constexpr site<"RB6 take.cas_taken", order::acq_rel> take_cas_taken{};
};

/// One block of one item. The owner fills it when its item is taken, and takes like a thief.
template <bool Rounds, class Item, class Env, class Orders>
class block {
 public:
  block(std::int64_t, std::int64_t) {
    name_object<Env>(taken_, "taken");
    name_object<Env>(slot_, "slot");
  }

  bool push(const Item& item) {
    const std::uint64_t taken = taken_.load(Orders::fill_load_taken);
    if (!all(taken)) return false;
    slot_.store(item, Orders::fill_store_slot);
    taken_.store(taken - 1 + one_round, Orders::fill_store_taken);
    return true;
  }
  bool pop(Item& item) { return steal(item) == steal_result::item; }

  steal_result steal(Item& item) {
    std::uint64_t taken = taken_.load(Orders::take_load_taken);
    if (all(taken)) return steal_result::empty;
    const Item candidate = slot_.load(Orders::take_load_slot);
    if (!taken_.compare_exchange(taken, taken + 1, Orders::take_cas_taken)) {
      return steal_result::lost;
    }
    item = candidate;
    return steal_result::item;
  }

  std::int64_t size_estimate() const { return all(taken_.load(Orders::take_load_taken)) ? 0 : 1; }

 private:
  static constexpr std::uint64_t one_round = Rounds ? std::uint64_t{1} << 32 : 0;

  static bool all(std::uint64_t taken) { return static_cast<std::uint32_t>(taken) == 1; }

  typename Env::template atomic<std::uint64_t> taken_{1};  // round above, count of items below
  typename Env::template atomic<Item> slot_;
};

template <bool Rounds>
struct deque_of_blocks {
  template <class Item, class Env, class Orders>
  using type = block<Rounds, Item, Env, Orders>;
};

// Goal:   A thief that was in the block in its last round takes nothing of this one.
// Method: The owner sends two items through the block; one steal.
// Bound:  2 items, 1 steal.
template <class Env, bool Rounds>
struct block_goes_round {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 1) {
      work.steal(id);
      return;
    }
    work.push();
    work.pop();
    work.push();
  }
  void after() { work.drain_and_check(); }

  deque_models::workload<Env, block_orders, deque_of_blocks<Rounds>, 2, threads> work{1};
};

template <class Env>
struct recycled_block {
  using bug = block_goes_round<Env, false>;
  using repaired = block_goes_round<Env, true>;
};

}  // namespace wyn::historical
