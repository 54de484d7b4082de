// How many members of a group have not arrived yet. The last one to arrive goes on for all.
//
// A thread that has ended a member and begins another one itself, one that nobody else has begun,
// does not touch the counter: the member that it begins arrives for both. So what a thread has run
// arrives in one piece, and a group that one thread runs by itself writes nothing here.
//
// Roles:     each member arrives once, by itself or with one that is begun after it: by arrive(),
//            or by is_last(), if that is true. Any thread.
// Progress:  wait-free; whoever arrives last need not make a read-modify-write.
// Rejected:  a flag for each member, looked at in turn: the last one of several is then not unique;
//            a read-modify-write for each member but the last: 5 ns each.
#pragma once

#include <cstdint>

#include "core/base/env_default.h"
#include "core/base/named.h"
#include "core/coro/coro_orders.h"

namespace wyn {

template <class Env = env_default, class Orders = coro_default_orders>
class join_counter {
 public:
  explicit join_counter(std::uint32_t members) noexcept : missing_(members) {
    name_object<Env>(missing_, "missing");
  }

  /// Whether the `n` members for which the caller would arrive are all that are missing: then it
  /// need not arrive, and what the others did before they arrived is visible to it.
  bool is_last(std::uint32_t n) const noexcept { return missing_.load(Orders::last_load) == n; }

  /// `n` members have ended. True for exactly one call, the last, as is_last(). After false, the
  /// counter may be gone, unless the caller has not arrived for itself yet.
  bool arrive(std::uint32_t n) noexcept {
    return missing_.fetch_add(0U - n, Orders::arrive_fetch_add) == n;
  }

 private:
  typename Env::template atomic<std::uint32_t> missing_;
};

}  // namespace wyn
