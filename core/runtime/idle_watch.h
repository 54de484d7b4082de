// Waking the threads that sleep until the runtime is idle.
//
// Whoever completes the last task does not know that it is the last: tasks are counted by each
// thread apart (task_count.h). So a thread that waits says that it wants to know, and a thread that
// has completed something looks whether anybody wants to know, and only then sums up the counts.
//
//     waiter:    want();                              finisher: note_completed();
//                announce itself, heavy fence                   task_ended(), or on the way to
//                (event_count::prepare_wait);                   its own sleep: announce(), after
//                sleep unless idle() or !wanted();              the heavy fence there
//
// No lost wake-up: of two threads that each counted a completion, passed a heavy fence and then
//            summed up, the later one (in the order of the fences) has seen both counts; so the
//            last finisher sees the runtime idle, or an announcer before it did. The waiter's fence
//            is one of them: either it sees the last completion itself, or that finisher sees that
//            it is wanted.
// Why the waiter looks at wanted() again: the wish is given up by the announcer. If that happened
//            between want() and the waiter's fence, for an idleness that is over by then, nobody
//            would know of the waiter any more. It does not sleep then, but asks again. If the wish
//            still stands after the fence, whoever gives it up later sees the waiter announced.
// Progress:  all but the sleep itself wait-free for a given number of participants.
// Rejected:  a count of tasks that all threads share (one contended read-modify-write a task).
#pragma once

#include <cstdint>

#include "core/base/env_default.h"
#include "core/base/named.h"
#include "core/runtime/runtime_orders.h"

namespace wyn {

/// See the head of this file. `idle` is a function that sums up the counts; `wake_all` notifies the
/// event count in which the waiters sleep.
template <class Env = env_default, class Orders = runtime_default_orders>
class idle_watch {
 public:
  constexpr idle_watch() noexcept { name_object<Env>(wanted_, "wanted"); }

  /// The caller is about to sleep until the runtime is idle. Any thread; wait-free.
  void want() noexcept { wanted_.store(1, Orders::idle_wanted_store); }
  /// Whether somebody who sleeps, or is about to, has yet to be told. Any thread; wait-free.
  bool wanted() const noexcept { return wanted_.load(Orders::idle_wanted_load) != 0; }

  /// A thread has completed a task and does something else now than run or look for tasks: it has
  /// counted the task. A fence and a load when nobody waits, else a system call and more.
  template <class Idle, class WakeAll>
  void task_ended(const Idle& idle, const WakeAll& wake_all) noexcept {
    Env::fence(Orders::finish_fence);
    if (!wanted()) return;
    Env::fence(Orders::finish_recheck_fence);
    announce(idle, wake_all);
  }

  /// Wakes the waiters if there are any and the runtime is idle. It decides something only after a
  /// heavy fence: a thread's re-check before it sleeps is the place. Any thread.
  template <class Idle, class WakeAll>
  void announce(const Idle& idle, const WakeAll& wake_all) noexcept {
    if (!wanted() || !idle()) return;
    if (wanted_.exchange(0, Orders::idle_wanted_exchange) != 0) wake_all();
  }

 private:
  typename Env::template atomic<std::uint32_t> wanted_{0};
};

}  // namespace wyn
