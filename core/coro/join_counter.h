// How many members of a group have not arrived yet. The last one to arrive goes on for all.
//
// Roles:     each member arrives once: by arrive(); by pass_on(), if it begins another member
//            itself; or by is_last(), if that is true. Any thread.
// Progress:  wait-free; the last member need not make a read-modify-write, and so a group of two
//            that one thread runs by itself costs none.
// Rejected:  a flag for each member, looked at in turn: the last one of several is then not unique.
#pragma once

#include <cstdint>

#include "core/base/env_default.h"
#include "core/base/named.h"
#include "core/coro/coro_orders.h"

namespace wyn {

template <class Env = env_default, class Orders = coro_default_orders>
class join_counter {
 public:
  explicit join_counter(std::uint32_t members) noexcept : members_(members), missing_(members) {
    name_object<Env>(missing_, "missing");
  }

  /// Whether the caller, a member that has not arrived, is the last: then it need not arrive, and
  /// what the others did before they arrived is visible to it.
  bool is_last() const noexcept { return missing_.load(Orders::last_load) == 1; }

  /// A member has ended. True for exactly one, the last, as is_last(). After false, the counter may
  /// be gone.
  bool arrive() noexcept {
    return missing_.fetch_add(static_cast<std::uint32_t>(-1), Orders::arrive_fetch_add) == 1;
  }

  /// A member has ended whose thread begins another member of the group next, one that nobody else
  /// has begun: it is not the last.
  void pass_on() noexcept {
    if (members_ == 2) {
      missing_.store(1, Orders::pass_on_store);
    } else {
      missing_.fetch_add(static_cast<std::uint32_t>(-1), Orders::pass_on_fetch_add);
    }
  }

 private:
  const std::uint32_t members_;
  typename Env::template atomic<std::uint32_t> missing_;
};

}  // namespace wyn
