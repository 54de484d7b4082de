// wyn::task<T>: a coroutine that computes a T, begun when it is awaited.
//
//     wyn::task<int> answer() { co_return 42; }
//     wyn::task<int> twice() { co_return 2 * co_await answer(); }
//
//     wyn::task<long> fib(int n) {
//       if (n < 2) co_return n;
//       auto [a, b] = co_await wyn::when_all(fib(n - 1), fib(n - 2));   // when_all.h
//       co_return a + b;
//     }
//     long f = wyn::sync_wait(rt, fib(30));                             // sync_wait.h
//
// A task runs on the thread that awaits it, and goes on on any thread of the runtime after it has
// awaited something that another thread ran. co_await of a task is a transfer, not a call: chains
// of tasks of any length need no stack (compiled with -O1 -foptimize-sibling-calls or more; without
// optimisation gcc turns transfers into calls). Frames come from a cache of the thread.
//
// Exceptions travel to whoever awaits. A task that is never awaited never runs. A reference or a
// captured object that a coroutine uses must outlive it: parameters are copied into the frame, the
// object behind a lambda is not.
#pragma once

#include <coroutine>
#include <type_traits>
#include <utility>

#include "core/base/assert.h"
#include "core/coro/promise.h"

namespace wyn {

template <class T = void>
class [[nodiscard]] task {
 public:
  static_assert(!std::is_reference_v<T>,
                "a task that returns a reference: return a pointer or std::ref instead");

  struct promise_type : detail::result_promise<T> {
    task get_return_object() noexcept {
      const auto h = std::coroutine_handle<promise_type>::from_promise(*this);
      this->self = h;
      return task(h);
    }
  };
  using result_type = T;

  task() noexcept = default;
  task(task&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) { keep_apart(); }
  task& operator=(task&& other) noexcept {
    if (this != &other) {
      destroy();
      frame_ = std::exchange(other.frame_, nullptr);
    }
    return *this;
  }
  ~task() { destroy(); }

  /// Whether there is a coroutine: not default-constructed or moved from.
  bool valid() const noexcept { return frame_ != nullptr; }

  /// Runs the task and goes on when it has ended, with its result or its exception. Once; the task
  /// is valid().
  auto operator co_await() && noexcept {
    struct awaiter {
      std::coroutine_handle<promise_type> frame;
      bool await_ready() const noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) const noexcept {
        frame.promise().continuation = awaiting;
        return frame;
      }
      T await_resume() const { return frame.promise().take(); }
    };
    return awaiter{checked()};
  }

  /// For what begins tasks in other ways (when_all, sync_wait).
  promise_type& promise() const noexcept { return checked().promise(); }
  /// The same after the end, to take the result from. Once.
  promise_type& ended_promise() const noexcept { return frame_.promise(); }

 private:
  explicit task(std::coroutine_handle<promise_type> frame) noexcept : frame_(frame) {}

  std::coroutine_handle<promise_type> checked() const noexcept {
    WYN_CHECK(frame_ != nullptr, "a wyn::task without a coroutine (moved from)");
    WYN_CHECK(!frame_.done(), "a wyn::task that has ended is awaited again");
    return frame_;
  }
  // A compiler that moves two tasks by one load of 16 bytes makes the processor wait until the two
  // stores that have just made them are done: some 5 ns in every when_all of two.
  void keep_apart() noexcept {
    void* address = frame_.address();
    asm("" : "+r"(address));
    frame_ = std::coroutine_handle<promise_type>::from_address(address);
  }
  void destroy() noexcept {
    if (frame_ != nullptr) frame_.destroy();
  }

  std::coroutine_handle<promise_type> frame_ = nullptr;
};

}  // namespace wyn
