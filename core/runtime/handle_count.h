// How many handles of a runtime are not released yet: they keep it from being destroyed.
#pragma once

#include <cstdint>

#include "core/base/env_default.h"
#include "core/base/named.h"
#include "core/runtime/runtime_orders.h"

namespace wyn {

/// Any thread; wait-free.
template <class Env = env_default, class Orders = runtime_default_orders>
class handle_count {
 public:
  constexpr handle_count() noexcept { name_object<Env>(open_, "open"); }

  void add() noexcept { open_.fetch_add(1, Orders::handles_add); }
  /// The caller does nothing more with the handle.
  void remove() noexcept { open_.fetch_add(std::uint64_t(-1), Orders::handles_remove); }
  /// 0: what was done with handles is over, and visible.
  std::uint64_t open() const noexcept { return open_.load(Orders::handles_load); }

 private:
  typename Env::template atomic<std::uint64_t> open_{0};
};

}  // namespace wyn
