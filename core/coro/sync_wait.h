// From ordinary code into coroutines: sync_wait and spawn.
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "core/coro/fork_group.h"
#include "core/coro/task.h"
#include "core/runtime/result_task.h"
#include "core/runtime/runtime.h"
#include "core/runtime/wyn.h"

namespace wyn {
namespace detail {

/// The coroutine at the root, which awaits a task for a thread that waits. Its frame belongs to the
/// thread; when it ends it finishes `done`, after which the thread may destroy it.
class waited_root {
 public:
  struct promise_type : cached_frame {
    joinable* done = nullptr;

    waited_root get_return_object() noexcept {
      return waited_root(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    auto final_suspend() const noexcept {
      struct awaiter {
        joinable* done;
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<>) const noexcept { finish_root(*done); }
        void await_resume() const noexcept {}
      };
      return awaiter{done};
    }
    void return_void() const noexcept {}
    void unhandled_exception() {
      try {
        throw;
      } catch (const abi::__forced_unwind&) {
        throw;
      } catch (...) {
        done->error = std::current_exception();
      }
    }
  };

  explicit waited_root(std::coroutine_handle<promise_type> frame) noexcept : frame_(frame) {}
  waited_root(waited_root&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
  waited_root& operator=(waited_root&&) = delete;
  ~waited_root() {
    if (frame_ != nullptr) frame_.destroy();
  }

  /// Runs it on this thread until it ends or waits for others, then helps until it has ended.
  void run(joinable& done);

 private:
  static void finish_root(joinable& done) noexcept;

  std::coroutine_handle<promise_type> frame_;
};

template <class T>
waited_root root_of(task<T> t, std::optional<stored_result<T>>& result) {
  if constexpr (std::is_void_v<T>) {
    co_await std::move(t);
    result.emplace();
  } else {
    result.emplace(co_await std::move(t));
  }
}

template <class T>
T sync_wait(scheduler& s, task<T>&& t) {
  std::optional<stored_result<T>> result;
  joinable done(s);
  {
    waited_root root = root_of(std::move(t), result);
    root.run(done);
  }
  if (done.error) std::rethrow_exception(done.error);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
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
