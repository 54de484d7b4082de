// A count of two references: a task's entry in a queue and its handle share one block, and the last
// of them frees it.
#pragma once

#include <cstdint>

#include "core/base/env_default.h"
#include "core/base/named.h"
#include "core/runtime/runtime_orders.h"

namespace wyn {

template <class Env = env_default, class Orders = join_default_orders>
class reference_pair {
 public:
  constexpr reference_pair() noexcept { name_object<Env>(references_, "references"); }

  /// Gives up one of the two references. True for the last: what was done under the other one is
  /// visible, and nobody touches the block any more. Any thread, twice in all. Wait-free.
  bool release() noexcept {
    return references_.fetch_add(std::uint32_t(-1), Orders::reference_release) == 1;
  }

 private:
  typename Env::template atomic<std::uint32_t> references_{2};
};

}  // namespace wyn
