// The work-stealing deques by their ordering tables, and which of them the runtime uses.
#pragma once

#include <type_traits>

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

/// The table of the runtime's deque: the biased one's, unless ThreadSanitizer watches, which sees
/// no fences. Where the kernel refuses membarrier, a biased deque is always shared, and its owner
/// pays what that of a Chase-Lev deque does.
using work_stealing_default_orders =
    std::conditional_t<fences_usable, biased_orders, deque_default_orders>;

/// The deque that `Orders` is a table of.
template <word_sized Item, class Env = env_default, class Orders = work_stealing_default_orders>
using work_stealing_deque = typename detail::deque_of<Item, Env, Orders>::type;

}  // namespace wyn
