// The shipped deque, and parts of its steal and its ask that find what a model wants them to: the
// accesses are those of biased_deque.h, in their order, and executions in which they find something
// else are not looked at.
#pragma once

#include <cstdint>

#include "core/deque/biased_deque.h"

namespace wyn::biased_models {

struct deque_in_parts {
  template <class Item, class Env, class Orders>
  class type : public biased_deque<Item, Env, Orders, 1> {
    using base = biased_deque<Item, Env, Orders, 1>;

   public:
    type(std::int64_t initial_capacity, std::int64_t max_capacity)
        : base(initial_capacity, max_capacity) {}
    using base::ask;

    /// A steal up to the end of its ask(): it found the word `top`, biased, and `bottom`.
    void steal_begins(std::int64_t top, std::int64_t bottom) {
      Env::assume(this->top_.load(Orders::steal_load_top) == top);
      Env::assume(this->bottom_.load(Orders::peek_load_bottom) == bottom);
      ask();
    }

    /// An ask() that has not come further than the count.
    void begins_to_ask() { this->askers_.fetch_add(1, Orders::ask_enter); }

    /// An ask() that finds the deque shared, at `index`.
    void ask_finds_shared(std::int64_t index) {
      begins_to_ask();
      Env::fence(Orders::ask_fence);
      Env::assume(this->top_.load(Orders::ask_load_top) == shared_at(index));
      this->askers_.fetch_add(-1, Orders::ask_leave);
    }

    /// A steal of a shared deque that takes the item at `index`.
    void steal_takes(std::int64_t index) { Env::assume(steal_at(index).taken); }

    /// One that has read `item` there, and finds the word of `other` when it compares.
    void steal_loses(std::int64_t index, Item item, std::int64_t other) {
      const outcome found = steal_at(index);
      Env::assume(!found.taken && found.item == item && found.word == shared_at(other));
    }

   private:
    struct outcome {
      bool taken;
      Item item;
      std::int64_t word;
    };

    static std::int64_t shared_at(std::int64_t index) { return biased_top::shared + index; }

    outcome steal_at(std::int64_t index) {
      std::int64_t t = this->top_.load(Orders::steal_load_top);
      Env::assume(t == shared_at(index));
      Env::fence(Orders::steal_fence);
      Env::assume(index < this->bottom_.load(Orders::steal_load_bottom));
      auto* from = this->buffer_.load(Orders::steal_load_buffer);
      const Item item = from->load(index, Orders::steal_load_slot);
      const bool taken = this->top_.compare_exchange(t, t + 1, Orders::steal_cas_top);
      return {taken, item, t};
    }
  };
};

}  // namespace wyn::biased_models
