// Waiting inside a coroutine, without a thread: for tasks with a handle, for groups, for one's
// turn.
//
//     wyn::task<int> both(wyn::runtime& rt) {
//       int a = co_await rt.submit([] { return slow(); });      // a task_handle
//       wyn::task_group group;
//       for (part& p : parts) group.run([&p] { work(p); });
//       co_await group;                                          // as group.wait()
//       int b = co_await wyn::co_scope([&](wyn::task_group& g) -> wyn::task<int> { ... });
//       co_await wyn::yield();                                   // others first
//       co_return a + b;
//     }
//
// The coroutine is suspended, and its thread goes on with other tasks. Whoever ends the task, or
// the last member of the group, queues the coroutine as a task; it goes on on any thread. Its frame
// is all the memory that it takes meanwhile.
//
// A task that nobody has begun is run at once, on the stack of the coroutine's thread, as by
// task_handle::join: so a coroutine never waits for a task that nobody runs.
//
// Only inside a coroutine that runs in a runtime (sync_wait, spawn), and for tasks and groups of
// the same runtime: else std::logic_error.
#pragma once

#include <cxxabi.h>

#include <coroutine>
#include <cstdint>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "core/coro/fork_group.h"
#include "core/coro/resume.h"
#include "core/coro/task.h"
#include "core/runtime/result_task.h"
#include "core/runtime/task_group.h"
#include "core/runtime/task_handle.h"

namespace wyn {
namespace detail {

/// The scheduler of the running coroutine, which must be `s`.
void require_same_runtime(const scheduler& s);

template <class T>
class handle_awaiter {
 public:
  explicit handle_awaiter(task_handle<T>&& h) noexcept : handle_(std::move(h)) {}

  bool await_ready() {
    result_block<T>& b = handle_.block();
    require_same_runtime(*b.owner);
    return b.state.done() || run_here(b, participant_here(*b.owner));
  }
  /// When it returns true, the coroutine may be running elsewhere, or be gone.
  bool await_suspend(std::coroutine_handle<> awaiting) {
    result_block<T>& b = handle_.block();
    resumption_ = resumption_of(awaiting);
    b.continuation = &resumption_;
    return b.state.suspend();
  }
  T await_resume() { return handle_.get(); }

 private:
  task_handle<T> handle_;
  work_item resumption_;
};

/// Until no member is missing; leaves the group's status and errors alone.
class group_end_awaiter {
 public:
  explicit group_end_awaiter(task_group& g) noexcept : group_(g) {}

  bool await_ready() const {
    require_same_runtime(group_.owner());
    return group_.done();
  }
  bool await_suspend(std::coroutine_handle<> awaiting) noexcept {
    suspended_ = true;
    if (group_.queue_when_done(resumption_of(awaiting))) return true;
    suspended_ = false;
    return false;
  }
  void await_resume() noexcept {
    if (suspended_) group_.resumed();
    // A member that need not be waited for has ended without a word to this thread.
    static_cast<void>(group_.done());
  }

 protected:
  task_group& group_;

 private:
  bool suspended_ = false;
};

class group_awaiter : public group_end_awaiter {
 public:
  using group_end_awaiter::group_end_awaiter;
  group_status await_resume() {
    group_end_awaiter::await_resume();
    return group_.settle();
  }
};

class yield_awaiter {
 public:
  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> yielding) { return queue_behind(yielding); }
  void await_resume() const noexcept {}
};

}  // namespace detail

/// The result of the task, or the exception that left it. The handle is consumed, as by get().
template <class T>
auto operator co_await(task_handle<T>&& handle) noexcept {
  return detail::handle_awaiter<T>(std::move(handle));
}

/// As task_group::wait(). Nobody adds members meanwhile but members.
inline auto operator co_await(task_group& group) noexcept { return detail::group_awaiter(group); }

/// Lets what the thread has queued run first. It goes on at once when there is no room in the
/// queue.
[[nodiscard]] inline auto yield() noexcept { return detail::yield_awaiter(); }

/// As scope() for coroutines: `f(group)` is a task, which is awaited, and the group after it. `f`
/// is kept until then.
template <class F>
auto co_scope(F f) -> std::invoke_result_t<F&, task_group&> {
  using result_type = typename std::invoke_result_t<F&, task_group&>::result_type;
  task_group group(detail::scheduler_of_coroutine());
  std::optional<detail::stored_result<result_type>> result;
  std::exception_ptr error;
  try {
    if constexpr (std::is_void_v<result_type>) {
      co_await f(group);
      result.emplace();
    } else {
      result.emplace(co_await f(group));
    }
  } catch (const abi::__forced_unwind&) {
    throw;
  } catch (...) {
    error = std::current_exception();
    group.cancel();
  }
  co_await detail::group_end_awaiter(group);
  if (error) {
    group.drop_errors();
    std::rethrow_exception(error);
  }
  static_cast<void>(group.settle());
  if constexpr (!std::is_void_v<result_type>) co_return std::move(*result);
}

}  // namespace wyn
