// The biased deque under the models of models/deque, and under those of this folder.
#pragma once

#include <cstdint>

#include "core/deque/biased_deque.h"

namespace wyn::biased_models {

/// The shipped deque, whose owner takes the bias back as soon as two pops in a row found no thief.
struct shipped_deque {
  template <class Item, class Env, class Orders>
  class type : public biased_deque<Item, Env, Orders, 1> {
    using base = biased_deque<Item, Env, Orders, 1>;

   public:
    type(std::int64_t initial_capacity, std::int64_t max_capacity)
        : base(initial_capacity, max_capacity) {}
    using base::ask;
  };
};

}  // namespace wyn::biased_models
