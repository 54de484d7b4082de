// The deque of Arora, Blumofe and Plaxton (SPAA'98), of which published code leaves out a part.
//
// abp_without_fence: pop_top reads age and bottom without anything that keeps the second read
//   behind the first (parlaylib, ParlayANN#44 and MPL PR#214: about 19,000 of 1.6 million jobs ran
//   twice on an M5). Here the load of bottom is an acquire, so that nothing but the order of the
//   two sides is missing. x86 keeps the loads in order. Repaired: seq_cst accesses.
// abp_tag_not_advanced: the deque goes back to index 0 whenever it is empty. The tag beside top is
//   what tells one time from the next; without it a thief's compare-exchange succeeds on an age
//   that has come back (same thread). Repaired: each reset advances the tag.
#pragma once

#include <cstdint>

#include "core/base/named.h"
#include "core/base/site.h"
#include "models/deque/last_item_twice.h"
#include "models/deque/two_items.h"
#include "models/deque/workload.h"

namespace wyn::historical {

/// Sequentially consistent where the two ends meet, as the paper assumes.
struct abp_orders {
  static constexpr site<"AB1 push.load_bottom", order::relaxed> push_load_bottom{};
  static constexpr site<"AB2 push.store_slot", order::relaxed> push_store_slot{};
  static constexpr site<"AB3 push.store_bottom", order::seq_cst> push_store_bottom{};
  static constexpr site<"AB4 pop.store_bottom", order::seq_cst> pop_store_bottom{};
  static constexpr site<"AB5 pop.load_slot", order::relaxed> pop_load_slot{};
  static constexpr site<"AB6 pop.load_age", order::seq_cst> pop_load_age{};
  static constexpr site<"AB7 pop.cas_age", order::seq_cst> pop_cas_age{};
  static constexpr site<"AB8 pop.store_age", order::seq_cst> pop_store_age{};
  static constexpr site<"AB9 steal.load_age", order::seq_cst> steal_load_age{};
  static constexpr site<"AB10 steal.load_bottom", order::seq_cst> steal_load_bottom{};
  static constexpr site<"AB11 steal.load_slot", order::relaxed> steal_load_slot{};
  static constexpr site<"AB12 steal.cas_age", order::seq_cst> steal_cas_age{};
};

struct abp_unfenced_orders : abp_orders {
  static constexpr site<"AB9 steal.load_age", order::relaxed> steal_load_age{};
  static constexpr site<"AB10 steal.load_bottom", order::acquire> steal_load_bottom{};
};

/// `Tags`: whether a reset advances the tag, as in the paper.
template <bool Tags, class Item, class Env, class Orders>
class abp_deque {
 public:
  abp_deque(std::int64_t, std::int64_t) {
    name_object<Env>(age_, "age");
    name_object<Env>(bottom_, "bottom");
    for (int i = 0; i < slots; ++i) name_object<Env>(slots_[i], "slot", i);
  }

  bool push(const Item& item) {
    const std::int64_t b = bottom_.load(Orders::push_load_bottom);
    slots_[b].store(item, Orders::push_store_slot);
    bottom_.store(b + 1, Orders::push_store_bottom);
    return true;
  }

  bool pop(Item& item) {
    std::int64_t b = bottom_.load(Orders::push_load_bottom);
    if (b == 0) return false;
    bottom_.store(--b, Orders::pop_store_bottom);
    const Item candidate = slots_[b].load(Orders::pop_load_slot);
    std::uint64_t age = age_.load(Orders::pop_load_age);
    bool mine = b > top_of(age);
    if (!mine) {
      mine = reset(b, age);
    }
    if (mine) item = candidate;
    return mine;
  }

  steal_result steal(Item& item) {
    std::uint64_t age = age_.load(Orders::steal_load_age);
    const std::int64_t b = bottom_.load(Orders::steal_load_bottom);
    if (b <= top_of(age)) return steal_result::empty;
    const Item candidate = slots_[top_of(age)].load(Orders::steal_load_slot);
    if (!age_.compare_exchange(age, age + 1, Orders::steal_cas_age)) return steal_result::lost;
    item = candidate;
    return steal_result::item;
  }

  std::int64_t size_estimate() const { return bottom_.load(Orders::push_load_bottom); }

 private:
  static constexpr int slots = 4;
  static constexpr std::uint64_t one_tag = Tags ? std::uint64_t{1} << 32 : 0;

  static std::int64_t top_of(std::uint64_t age) { return static_cast<std::uint32_t>(age); }

  // Nothing is left behind slot `b`: begin anew at 0. True when slot `b` was the caller's.
  bool reset(std::int64_t b, std::uint64_t age) {
    bottom_.store(0, Orders::pop_store_bottom);
    const bool last = b == top_of(age);
    const std::uint64_t fresh = age - static_cast<std::uint64_t>(top_of(age)) + one_tag;
    if (last && age_.compare_exchange(age, fresh, Orders::pop_cas_age)) return true;
    age_.store(fresh, Orders::pop_store_age);
    return false;
  }

  typename Env::template atomic<std::uint64_t> age_{0};  // tag in the upper half, top in the lower
  typename Env::template atomic<std::int64_t> bottom_{0};
  typename Env::template atomic<Item> slots_[slots];
};

template <bool Tags>
struct abp {
  template <class Item, class Env, class Orders>
  using type = abp_deque<Tags, Item, Env, Orders>;
};

template <class Env>
struct abp_without_fence {
  using bug = deque_models::two_items<Env, abp_unfenced_orders, abp<true>>;
  using repaired = deque_models::two_items<Env, abp_orders, abp<true>>;
};

template <class Env>
struct abp_tag_not_advanced {
  using bug = deque_models::last_item_twice<Env, abp_orders, abp<false>>;
  using repaired = deque_models::last_item_twice<Env, abp_orders, abp<true>>;
};

}  // namespace wyn::historical
