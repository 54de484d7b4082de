// The work-stealing deques by their ordering tables.
#pragma once

#include "core/base/env_default.h"
#include "core/deque/biased_deque.h"
#include "core/deque/chase_lev_deque.h"

namespace wyn {

namespace detail {
template <class Item, class Env, class Orders>
struct deque_of {
  using type = chase_lev_deque<Item, Env, Orders>;
};
template <class Item, class Env>
struct deque_of<Item, Env, biased_orders> {
  using type = biased_deque<Item, Env>;
};
}  // namespace detail

/// The deque that `Orders` is a table of.
template <word_sized Item, class Env = env_default, class Orders = deque_default_orders>
using work_stealing_deque = typename detail::deque_of<Item, Env, Orders>::type;

}  // namespace wyn
