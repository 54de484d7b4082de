// When somebody may see to what was asked of the searchers before it has napped.
//
// The last searcher that goes to sleep sees to it behind a heavy fence, which interrupts every
// thread that runs (work_signal.h). Until somebody does, each searcher that finds work wakes
// another; so it should be soon, but not each time. The turn is the runtime's, not a thread's: with
// many workers it is another one each time that is the last, and each would have its fence.
//
// It decides how soon, and nothing else: whoever is refused naps, and what was asked waits. So the
// time may be an old one, and nothing is ordered by it.
//
// Progress:  wait-free. No allocation, no system call.
#pragma once

#include <chrono>
#include <cstdint>

#include "core/base/env_default.h"
#include "core/base/named.h"
#include "core/runtime/runtime_orders.h"

namespace wyn {

/// See the head of this file.
template <class Env = env_default, class Orders = runtime_default_orders>
class request_turn {
 public:
  using clock = std::chrono::steady_clock;

  request_turn() noexcept { name_object<Env>(last_, "request turn"); }

  /// Whether it is the caller's turn: one caller has it in each `period`, and the first that asks.
  /// Any thread; two that read the clock before they are overtaken may be nearer to each other.
  bool due(clock::time_point now, clock::duration period) noexcept {
    std::int64_t last = last_.load(Orders::turn_load);
    const std::int64_t ticks = now.time_since_epoch().count();
    if (last != never && ticks - last < period.count()) return false;
    return last_.compare_exchange(last, ticks, Orders::turn_cas);
  }

 private:
  static constexpr std::int64_t never = INT64_MIN;

  typename Env::template atomic<std::int64_t> last_{never};
};

}  // namespace wyn
