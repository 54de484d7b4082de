// Requests to give free memory back: a number that changes with each.
//
// Who asks changes the number and then wakes every sleeper. A worker compares it with the one that
// it met last: before it announces that it goes to sleep, and once more when it has (work_cycle.h:
// in_order). So either it finds the request, or whoever asked finds it announced and wakes it
// (Dekker's protocol; the fences are those of the event count).
//
// Progress:  wait-free.
// Rejected:  a flag for each worker (requests come from anywhere, and workers come and go).
#pragma once

#include <cstdint>

#include "core/base/env_default.h"
#include "core/base/named.h"
#include "core/runtime/runtime_orders.h"

namespace wyn {

/// See the head of this file.
template <class Env = env_default, class Orders = runtime_default_orders>
class trim_request {
 public:
  constexpr trim_request() noexcept { name_object<Env>(number_, "trim request"); }

  /// A new request: its number. The caller then wakes all sleepers. Any thread.
  std::uint32_t ask() noexcept { return number_.fetch_add(1, Orders::trim_request) + 1; }
  /// The number of the last request that the caller can see. Any thread.
  std::uint32_t last() const noexcept { return number_.load(Orders::trim_load); }

 private:
  typename Env::template atomic<std::uint32_t> number_{0};
};

}  // namespace wyn
