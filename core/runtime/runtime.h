// wyn::runtime: tasks on a fixed set of workers. The public face of this folder.
//
//     wyn::runtime rt({.workers = 2});
//     rt.spawn([p = std::move(page)] { render(*p); });          // detached
//     wyn::task_handle<int> h = rt.submit([] { return 42; });   // with a result
//     int answer = h.get();
//     rt.wait_idle();
//
// Guarantees: every accepted task runs exactly once; what the spawner did before the spawn is
// visible to the task; what a task did is visible to whoever returns from its join, or from
// wait_idle after it. Which thread runs a task, and in which order tasks run, is not promised.
#pragma once

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

#include "core/runtime/fork_join.h"
#include "core/runtime/fork_join_all.h"
#include "core/runtime/options.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/spawn.h"
#include "core/runtime/task_handle.h"

namespace wyn {

class runtime {
 public:
  /// Starts the workers. Throws std::invalid_argument (an option out of range), std::bad_alloc, or
  /// std::system_error (a thread could not be started); nothing is left behind then.
  explicit runtime(const options& o = {}) : scheduler_(std::make_unique<scheduler>(o)) {}

  /// shutdown(), whose exceptions end the process. In the child of a fork() it does nothing: the
  /// workers are the parent's.
  ~runtime() {
    if (scheduler_->forked()) static_cast<void>(scheduler_.release());
  }
  runtime(const runtime&) = delete;
  runtime& operator=(const runtime&) = delete;

  /// Queues run(arg); `run` is not null. Any thread, inside and outside of tasks. Does not block,
  /// unless it runs the task itself (spawn_status::ran_inline), which must return then; allocates
  /// only when a queue grows or a thread spawns for the first time. A few nanoseconds. An exception
  /// that leaves the task ends the process with a message. Throws spawn_error when the task is
  /// refused.
  [[gnu::always_inline]] void spawn_raw(void (*run)(void*), void* arg) {
    detail::require_accepted(scheduler_->spawn({run, arg}));
  }
  /// As spawn_raw; tells instead of throwing.
  [[nodiscard]] spawn_status try_spawn_raw(void (*run)(void*), void* arg) noexcept {
    return scheduler_->spawn({run, arg});
  }

  /// Queues a copy of `f`, to be called once; its result is dropped. `f` may be move-only.
  /// Otherwise as spawn_raw. Trivially copyable callables of up to 8 bytes need no memory of their
  /// own, others use a slot of the task pool: no malloc in the steady state up to 128 bytes.
  template <storable_closure F>
  [[gnu::always_inline]] void spawn(F&& f) {
    detail::require_accepted(try_spawn(std::forward<F>(f)));
  }
  /// As spawn; tells instead of throwing. `f` may have been moved from even when it is refused.
  template <storable_closure F>
  [[nodiscard, gnu::always_inline]] spawn_status try_spawn(F&& f) {
    return detail::try_spawn(*scheduler_, std::forward<F>(f));
  }

  /// Queues a copy of `f` and returns the handle to its result or exception. Takes a slot of the
  /// task pool, or allocates beyond 128 bytes or options::max_slots. Otherwise as spawn.
  template <storable_closure F>
  task_handle<std::invoke_result_t<std::decay_t<F>>> submit(F&& f) {
    return detail::submit(*scheduler_, std::forward<F>(f));
  }

  /// Calls f and g, perhaps at the same time, and returns when both are complete. g may run on
  /// another thread; f runs in the caller. Returns {f's result, g's result}, std::monostate for
  /// void, or nothing if both are void. If both throw, f's exception is the one that leaves, and g
  /// is complete by then. Any thread, nested at will. While it waits for a g that another thread
  /// runs, it runs no other task. Outside of tasks it throws spawn_error once shutdown has begun.
  template <class F, class G>
  auto fork_join(F&& f, G&& g) {
    return detail::fork_join(*scheduler_, std::forward<F>(f), std::forward<G>(g));
  }
  /// The same for three functions and more. Returns a tuple of their results, in their order,
  /// std::monostate for void, or nothing if all are void. All are complete when it returns; of
  /// several that throw, the first one's exception leaves, in the order of the arguments.
  template <std::invocable F, std::invocable G, std::invocable H, std::invocable... More>
  auto fork_join(F&& f, G&& g, H&& h, More&&... more) {
    return detail::fork_join_all(*scheduler_, std::forward<F>(f), std::forward<G>(g),
                                 std::forward<H>(h), std::forward<More>(more)...);
  }

  /// Runs tasks until every task is complete that was spawned before, or by such a task; sleeps
  /// when there is nothing to run. Outside of tasks only (std::logic_error), any thread, several at
  /// once. Throws spawn_error in the child of a fork(), and where the thread cannot take part
  /// (no_memory, too_many_threads); after shutdown it returns at once.
  void wait_idle() { scheduler_->wait_idle(); }

  /// Refuses spawns from outside, completes every task, ends the workers. Idempotent: of several
  /// threads each returns when all is done. Outside of tasks only (std::logic_error); throws
  /// spawn_error as wait_idle does. Blocks. The destructor calls it.
  void shutdown() { scheduler_->shutdown(); }

  /// Asks for free memory of the task pool to be given back to the system: at once for the calling
  /// thread and for threads that have ended, by each worker before it next sleeps. Other threads
  /// that spawn keep theirs until they ask. Any thread; does not wait. Nothing happens in the child
  /// of a fork().
  void trim() noexcept { scheduler_->trim(); }

  /// Number of background threads.
  unsigned workers() const noexcept { return scheduler_->workers(); }

  /// What is behind it, for the other faces of the same runtime: wyn.h, core/capi.
  scheduler& underlying() noexcept { return *scheduler_; }

 private:
  std::unique_ptr<scheduler> scheduler_;
};

}  // namespace wyn
