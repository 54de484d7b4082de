// From ordinary code into coroutines: sync_wait and spawn.
#pragma once

#include <utility>

#include "core/coro/promise.h"
#include "core/coro/task.h"
#include "core/runtime/joinable.h"
#include "core/runtime/runtime.h"
#include "core/runtime/wyn.h"

namespace wyn {
namespace detail {

/// The end of a coroutine for which a thread waits. Aligned for its place in a word (sequel.h).
class alignas(16) waited_end : public joinable {
 public:
  using joinable::joinable;
};

/// Runs `t` on this thread until it ends or waits for others, then helps until it has ended. The
/// frame is still there then, with the outcome in it.
void run_and_wait(coro_promise& t, waited_end& end);

template <class T>
T sync_wait(scheduler& s, task<T>&& t) {
  waited_end end(s);
  run_and_wait(t.promise(), end);
  return t.take();
}

/// Queues `t`, which then belongs to the runtime.
void spawn_coroutine(scheduler& s, task<void>&& t);

}  // namespace detail

/// Runs `t` in `rt` and returns its result, or throws what it threw. The calling thread takes part:
/// it runs `t` and, while `t` waits for others, any task of the runtime. Blocks. Outside of tasks
/// of that runtime only (std::logic_error): inside, co_await it. Throws spawn_error after shutdown.
template <class T>
T sync_wait(runtime& rt, task<T> t) {
  return detail::sync_wait(rt.underlying(), std::move(t));
}
/// The same in the default runtime.
template <class T>
T sync_wait(task<T> t) {
  return detail::sync_wait(default_runtime().underlying(), std::move(t));
}

/// Begins `t` as a detached task of `rt`, which is not idle before `t` has ended. An exception that
/// leaves `t` ends the process with a message, as for every detached task. Does not block. Any
/// thread. Throws spawn_error when the task is refused, and std::bad_alloc.
inline void spawn(runtime& rt, task<void> t) {
  detail::spawn_coroutine(rt.underlying(), std::move(t));
}
/// The same in the runtime of the running task, else in the default runtime.
inline void spawn(task<void> t) {
  detail::spawn_coroutine(detail::scheduler_here(), std::move(t));
}

}  // namespace wyn
