// What the promise of every coroutine task has: its frame's memory, its outcome, and what follows
// its end. Two words and the result, for they lie in every frame.
#pragma once

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "core/coro/frame_cache.h"
#include "core/coro/sequel.h"

namespace wyn::detail {

/// Who runs next when a coroutine has ended that has failed, or that neither only resumes the one
/// that awaits it nor is only a member of a group. May free the frame.
[[gnu::noinline]] std::coroutine_handle<> ended_rarely(coro_promise& ended) noexcept;

/// The same when the coroutine is nobody's but its runtime's, or its thread's (sync_wait.cc).
std::coroutine_handle<> root_ended(coro_promise& ended) noexcept;

/// The type-independent part.
struct coro_promise {
  struct final_awaiter {
    bool await_ready() const noexcept { return false; }
    template <class Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> ended) const noexcept {
      return successor(ended.promise());
    }
    void await_resume() const noexcept {}
  };

  coro_promise() noexcept {}
  coro_promise(const coro_promise&) = delete;
  coro_promise& operator=(const coro_promise&) = delete;
  ~coro_promise() {
    if (after.failed()) std::destroy_at(&error);
  }

  std::suspend_always initial_suspend() const noexcept { return {}; }
  final_awaiter final_suspend() const noexcept { return {}; }
  /// A thread that ends within a task unwinds to its end; who waits for the task is told
  /// (resume.h).
  void unhandled_exception();

  /// The coroutine has ended with `e`.
  void fail(std::exception_ptr e) noexcept;
  /// After failed(): throws that. Once.
  [[noreturn]] void rethrow();

  /// Every promise of a task lies at the same place in its frame (result_promise).
  std::coroutine_handle<coro_promise> handle() noexcept {
    return std::coroutine_handle<coro_promise>::from_promise(*this);
  }

  /// Who runs next on the thread on which `ended` has come to its end (fork_group.h).
  static std::coroutine_handle<> successor(coro_promise& ended) noexcept;

  struct progress {
    std::uint32_t block_class = 0;  // of the frame, if only its memory is to be freed at the end
    std::uint32_t carried = 0;  // members of the group that ended before, on the same way
  };

  sequel after;  // set when it begins
  union {
    progress state = {};
    std::exception_ptr error;  // if after.failed()
  };
};

/// The promise of a task with a result of type T.
template <class T>
struct result_promise : coro_promise {
  static_assert(alignof(T) <= frame_alignment,
                "a task whose result has a larger alignment than operator new gives: return a "
                "pointer instead");

  result_promise() noexcept {}
  ~result_promise() { destroy_value(); }

  template <class U>
  void return_value(U&& v) {
    ::new (&value) T(std::forward<U>(v));
    if constexpr (!std::is_trivially_destructible_v<T>) state.block_class |= has_value;
  }
  void unhandled_exception() {
    destroy_value();  // the destructor of a local object threw
    coro_promise::unhandled_exception();
  }
  /// Once, after the end: the result, or what the coroutine threw.
  T take() {
    if (after.failed()) [[unlikely]] rethrow();
    return std::move(value);
  }

  union {
    T value;
  };

  // A mark that no class has: there is a result that needs a destructor.
  static constexpr std::uint32_t has_value = 1;

  void destroy_value() noexcept {
    if constexpr (!std::is_trivially_destructible_v<T>) {
      if (after.failed() || (state.block_class & has_value) == 0) return;
      state.block_class &= ~has_value;
      std::destroy_at(&value);
    }
  }
};

template <>
struct result_promise<void> : coro_promise {
  void return_void() const noexcept {}
  void take() {
    if (after.failed()) [[unlikely]] rethrow();
  }
};

/// Frees the frame of a coroutine that has ended: nothing of it lives but the promise and the
/// parameters. Where these need no destructor, the coroutine is not asked: it would first look for
/// the place at which it is suspended.
template <class T>
void destroy_ended(result_promise<T>& p) noexcept {
  if (!p.after.failed() && p.state.block_class > 1) [[likely]] {
    void* const frame = p.handle().address();
    if constexpr (!std::is_void_v<T>) p.destroy_value();
    const std::uint32_t block_class = p.state.block_class;
    std::destroy_at(&p);
    frames_of_this_thread.free_block(frame, block_class);
  } else {
    p.handle().destroy();
  }
}

}  // namespace wyn::detail
