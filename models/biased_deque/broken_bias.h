// Biased deques with one mistake each, all of them changes that look harmless. A model that does
// not see through the mistake it is named for is too small.
//
// The text of pop and steal follows core/deque/biased_deque.h; asking, push, growth and memory are
// its own.
#pragma once

#include <cstdint>

#include "core/deque/biased_deque.h"

namespace wyn::biased_models {

enum class mistake {
  none,                      ///< the control: no model may object
  askers_not_counted,        ///< the bias goes back while a thief is between its fence and sharing
  bias_back_from_asked,      ///< the owner takes the bias back without waiting to be shared
  last_item_takes_bias_back, ///< the compare-exchange for the last item drops the asking
  last_item_not_retried,     ///< ... or gives up when the bias alone has changed
  light_pop_while_asked,     ///< the owner goes on without a fence until the deque is shared
  oldest_by_a_store,         ///< the owner moves top past the oldest item without looking again
  oldest_not_retried,        ///< ... or gives up when its compare-exchange fails
  oldest_takes_bias_back,    ///< ... or drops the asking
  steal_while_asked,         ///< a thief steals before the deque is shared
};

template <class Item, class Env, class Orders, mistake Mistake>
class broken_bias : public biased_deque<Item, Env, Orders, 1> {
  using base = biased_deque<Item, Env, Orders, 1>;
  using base::askers_;
  using base::bottom_;
  using base::known_top_;
  using base::slots_;
  using base::top_;

 public:
  broken_bias(std::int64_t initial_capacity, std::int64_t max_capacity)
      : base(initial_capacity, max_capacity) {}

  bool pop(Item& item) {
    const std::int64_t b = bottom_.load(Orders::push_load_bottom) - 1;
    if (b < known_top_) return false;
    bottom_.store(b, Orders::pop_store_bottom);
    Env::fence(Orders::pop_fence);
    std::int64_t t = top_.load(Orders::pop_load_top);
    if (Mistake == mistake::light_pop_while_asked) t &= ~biased_top::asked;
    if (t < b) {
      item = slots_.load(b, Orders::pop_load_slot);
      return true;
    }
    if (t == b) return pop_last(b, t, item);
    Env::fence(Orders::slow_pop_fence);
    t = top_.load(Orders::slow_pop_load_top);
    if (biased_top::index_of(t) >= b) return pop_last(b, t, item);
    item = slots_.load(b, Orders::pop_load_slot);
    take_bias_back(t);
    return true;
  }

  bool take_oldest(Item& item) {
    const std::int64_t b = bottom_.load(Orders::push_load_bottom);
    std::int64_t t = top_.load(Orders::oldest_load_top);
    while (biased_top::index_of(t) < b) {
      const Item candidate = slots_.load(biased_top::index_of(t), Orders::pop_load_slot);
      if (move_top_on(t)) {
        known_top_ = biased_top::index_of(t) + 1;
        item = candidate;
        return true;
      }
      if (Mistake == mistake::oldest_not_retried) return false;
    }
    return false;
  }

  steal_result steal(Item& item) {
    std::int64_t t = top_.load(Orders::steal_load_top);
    if (!biased_top::is_shared(t)) {
      const std::int64_t first = biased_top::index_of(t);
      if (first >= bottom_.load(Orders::peek_load_bottom)) return steal_result::empty;
      const bool asked_before = biased_top::is_asked(t);
      if (Mistake != mistake::steal_while_asked || !asked_before) {
        ask();
        t = top_.load(Orders::steal_load_top);
        if (!biased_top::is_shared(t)) return steal_result::lost;
      }
    }
    Env::fence(Orders::steal_fence);
    return this->steal_first(t, item, unconditional{});
  }

  using base::ask;

 private:
  bool move_top_on(std::int64_t& t) {
    std::int64_t next = t + 1;
    if (Mistake == mistake::oldest_takes_bias_back) next &= ~biased_top::asked;
    if (Mistake != mistake::oldest_by_a_store) {
      return top_.compare_exchange(t, next, Orders::oldest_cas_top);
    }
    top_.store(next, Orders::pop_restore_bottom);
    return true;
  }

  void take_bias_back(std::int64_t t) {
    const bool from_asked = Mistake == mistake::bias_back_from_asked && biased_top::is_asked(t);
    if (!biased_top::is_shared(t) && !from_asked) return;
    if (t != seen_) {
      seen_ = t;
      return;
    }
    if (Mistake != mistake::askers_not_counted && !from_asked &&
        askers_.load(Orders::rebias_load_askers) != 0) {
      return;
    }
    seen_ = 0;
    top_.compare_exchange(t, biased_top::index_of(t), Orders::rebias_cas_top);
  }

  bool pop_last(std::int64_t b, std::int64_t t, Item& item) {
    bool won = false;
    while (!won && biased_top::index_of(t) == b) {
      const Item candidate = slots_.load(b, Orders::pop_load_slot);
      std::int64_t next = t + 1;
      if (Mistake == mistake::last_item_takes_bias_back) next &= ~biased_top::asked;
      won = top_.compare_exchange(t, next, Orders::pop_cas_top);
      if (won) item = candidate;
      if (Mistake == mistake::last_item_not_retried) break;
    }
    bottom_.store(b + 1, Orders::pop_restore_bottom);
    known_top_ = b + 1;
    return won;
  }

  std::int64_t seen_ = 0;
};

/// The third argument of a model: run it on the deque with this mistake.
template <mistake Mistake>
struct deque_with {
  template <class Item, class Env, class Orders>
  using type = broken_bias<Item, Env, Orders, Mistake>;
};

}  // namespace wyn::biased_models
