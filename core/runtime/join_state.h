// The life of a task whose end somebody may wait for: ready, running, done.
//
// Roles:     the thread that takes the task from a queue and the thread that joins it both try to
//            claim it; one of them runs it. So a join never waits for a task that nobody has begun,
//            and it never runs anything but what it waits for. (A join that runs arbitrary tasks
//            meanwhile can deadlock on the caller's own locks, or overflow the stack: rayon issue
//            592.)
// Progress:  all operations are wait-free but await, which retries until the state settles.
// No lost wake-up: a joiner changes running to awaited before it announces itself at the event
//            count; the runner exchanges done for whichever of the two it finds. If it finds
//            "running", the joiner's compare-exchange comes later and fails: the joiner sees
//            "done". If it finds "awaited" it notifies, and the event count's protocol covers the
//            rest.
#pragma once

#include <cstdint>

#include "core/base/env_default.h"
#include "core/base/named.h"
#include "core/runtime/runtime_orders.h"

namespace wyn {

/// Who waits for the end of a task, and is to be told.
enum class join_waiter : unsigned char {
  none,
  sleeper,    ///< sleeps: at least one thread
  coroutine,  ///< is resumed
};

template <class Env = env_default, class Orders = join_default_orders>
class join_state {
 public:
  constexpr join_state() noexcept { name_object<Env>(state_, "state"); }

  /// True for exactly one caller, which then runs the task. Any thread.
  bool claim() noexcept {
    std::uint32_t expected = ready;
    return state_.compare_exchange(expected, running, Orders::claim_cas);
  }

  /// The thread that claimed the task has run it: everything it did is visible to whoever sees
  /// done(). Whom the caller has to tell. What a coroutine stored before suspend() is visible.
  join_waiter finish() noexcept {
    const std::uint32_t before = state_.exchange(finished, Orders::finish_exchange);
    if (before == running) [[likely]] return join_waiter::none;
    return before == awaited ? join_waiter::sleeper : join_waiter::coroutine;
  }

  /// Whether somebody has claimed the task; what it did before that is visible then. Any thread.
  bool claimed() const noexcept { return state_.load(Orders::join_load) != ready; }

  /// Any thread; what the task did is visible when the answer is true.
  bool done() const noexcept { return state_.load(Orders::join_load) == finished; }

  /// A joiner is about to sleep. False when it must not, because nobody would wake it: the task is
  /// done, or nobody has claimed it yet. Makes nothing visible: done() does.
  bool await() noexcept {
    std::uint32_t seen = running;
    if (state_.compare_exchange(seen, awaited, Orders::await_cas)) return true;
    return seen == awaited;
  }

  /// A coroutine, which has suspended, is to be resumed when the task is done; nobody else waits.
  /// False when it must go on by itself: the task is done. The task has been claimed.
  bool suspend() noexcept {
    std::uint32_t seen = running;
    return state_.compare_exchange(seen, suspended, Orders::suspend_cas);
  }

 private:
  static constexpr std::uint32_t ready = 0;
  static constexpr std::uint32_t running = 1;
  static constexpr std::uint32_t awaited = 2;  // running, and somebody sleeps until it is done
  static constexpr std::uint32_t finished = 3;
  static constexpr std::uint32_t suspended = 4;  // running, and a coroutine is resumed at the end

  typename Env::template atomic<std::uint32_t> state_{ready};
};

}  // namespace wyn
