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
// optimisation gcc turns transfers into calls). Frames come from a cache of the thread, and go back
// as soon as the result has been taken.
//
// Exceptions travel to whoever awaits. A task that is never awaited never runs. A reference or a
// captured object that a coroutine uses must outlive it: parameters are copied into the frame, the
// object behind a lambda is not.
#pragma once

#include <coroutine>
#include <type_traits>
#include <utility>

#include "core/base/assert.h"
#include "core/coro/fork_group.h"
#include "core/coro/promise.h"

namespace wyn {

template <class T = void>
class [[nodiscard]] task {
 public:
  static_assert(!std::is_reference_v<T>,
                "a task that returns a reference: return a pointer or std::ref instead");

  using result_type = T;

  task() noexcept = default;
  explicit task(detail::result_promise<T>& promise) noexcept : promise_(&promise) {}
  task(task&& other) noexcept : promise_(std::exchange(other.promise_, nullptr)) { keep_apart(); }
  task& operator=(task&& other) noexcept {
    if (this != &other) {
      destroy();
      promise_ = std::exchange(other.promise_, nullptr);
    }
    return *this;
  }
  ~task() { destroy(); }

  /// Whether there is a coroutine: not default-constructed, moved from, or at its end.
  bool valid() const noexcept { return promise_ != nullptr; }

  /// Runs the task and goes on when it has ended, with its result or its exception. Once; the task
  /// is valid(), and stays where it is meanwhile.
  auto operator co_await() && noexcept {
    struct awaiter {
      task& awaited;
      bool await_ready() const noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) const noexcept {
        detail::coro_promise& p = awaited.promise();
        p.after = detail::sequel::resume(awaiting);
        return p.handle();
      }
      T await_resume() const { return awaited.take(); }
    };
    return awaiter{*this};
  }

  /// For what begins tasks in other ways (when_all, sync_wait).
  detail::result_promise<T>& promise() const noexcept {
    WYN_CHECK(promise_ != nullptr,
              "a wyn::task without a coroutine (moved from, or awaited before)");
    return *promise_;
  }
  /// For those after the end of the coroutine: its result or its exception. The task is not valid()
  /// afterwards.
  T take() {
    struct frame_end {
      task& ended;
      ~frame_end() { ended.free_frame(); }
    } const end{*this};
    return promise_->take();
  }
  /// The coroutine frees itself.
  void detach() noexcept { promise_ = nullptr; }

 private:
  // A compiler that moves two tasks by one load of 16 bytes makes the processor wait until the two
  // stores that have just made them are done: some 5 ns in every when_all of two.
  void keep_apart() noexcept { asm("" : "+r"(promise_)); }
  void free_frame() noexcept { destroy_ended(*std::exchange(promise_, nullptr)); }
  void destroy() noexcept {
    if (promise_ != nullptr) promise_->handle().destroy();
  }

  detail::result_promise<T>* promise_ = nullptr;
};

namespace detail {

template <class T, bool Plain>
struct task_promise : result_promise<T> {
  task_promise() noexcept {
    if constexpr (Plain) this->state.block_class = frames_of_this_thread.class_of_last();
  }
  task<T> get_return_object() noexcept { return task<T>(*this); }

  static void* operator new(std::size_t bytes) {
    if constexpr (Plain) return frames_of_this_thread.allocate_and_note(bytes);
    return frames_of_this_thread.allocate(bytes);
  }
  static void operator delete(void* frame, std::size_t bytes) noexcept {
    frames_of_this_thread.free(frame, bytes);
  }
};

/// Whether copying a parameter of this type runs nobody's code, and destroying the copy neither. A
/// lambda's own object, and whatever else is a reference, is not copied.
template <class Parameter>
inline constexpr bool plain_parameter =
    std::is_reference_v<Parameter> || std::is_trivially_copyable_v<Parameter>;

/// Not with clang, which may put a frame into that of its caller and leave the deletion out.
#if defined(__clang__)
inline constexpr bool frees_memory_only = false;
#else
inline constexpr bool frees_memory_only = true;
#endif

}  // namespace detail
}  // namespace wyn

template <class T, class... Parameters>
struct std::coroutine_traits<wyn::task<T>, Parameters...> {
  using promise_type =
      wyn::detail::task_promise<T, wyn::detail::frees_memory_only &&
                                       (wyn::detail::plain_parameter<Parameters> && ...)>;
};
