// What the promise of every coroutine task has: its frame's memory, and who goes on when it ends.
#pragma once

#include <cxxabi.h>

#include <coroutine>
#include <cstddef>
#include <exception>
#include <utility>

#include "core/coro/frame_cache.h"
#include "core/coro/resume.h"
#include "core/runtime/joinable.h"

namespace wyn::detail {

class fork_group;
struct coro_promise;

/// Who runs next when a member of a group has ended (fork_group.h).
[[gnu::noinline]] std::coroutine_handle<> member_ended(coro_promise& ended) noexcept;

/// The type-independent part. A task that has begun is either awaited alone (`continuation`) or a
/// member of a group (`group`).
struct coro_promise : cached_frame {
  struct final_awaiter {
    bool await_ready() const noexcept { return false; }
    template <class Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> ended) const noexcept {
      return successor(ended.promise());
    }
    void await_resume() const noexcept {}
  };

  std::suspend_always initial_suspend() const noexcept { return {}; }
  final_awaiter final_suspend() const noexcept { return {}; }

  /// A thread that ends within a task unwinds to its end; who waits for the task is told
  /// (resume.h).
  void unhandled_exception() {
    try {
      throw;
    } catch (const abi::__forced_unwind&) {
      abandon(*this);
      throw;
    } catch (...) {
      error = std::current_exception();
    }
  }

  std::coroutine_handle<> self;          // of the frame that this promise is in
  std::coroutine_handle<> continuation;  // resumed at the end, by symmetric transfer
  fork_group* group = nullptr;
  coro_promise* next = nullptr;  // a member that could not be queued and runs after this one
  std::exception_ptr error;

  /// Who runs next on the thread on which `ended` has come to its end.
  static std::coroutine_handle<> successor(coro_promise& ended) noexcept {
    return ended.group == nullptr ? ended.continuation : member_ended(ended);
  }
};

/// The promise of a task with a result of type T.
template <class T>
struct result_promise : coro_promise {
  result_promise() noexcept {}
  ~result_promise() {
    if (has_value) std::destroy_at(&value);
  }
  template <class U>
  void return_value(U&& v) {
    ::new (&value) T(std::forward<U>(v));
    has_value = true;
  }
  /// Once, after the end: the result, or what the coroutine threw.
  T take() {
    if (error) std::rethrow_exception(std::exchange(error, nullptr));
    return std::move(value);
  }

  union {
    T value;
  };
  bool has_value = false;
};

template <>
struct result_promise<void> : coro_promise {
  void return_void() const noexcept {}
  void take() {
    if (error) std::rethrow_exception(std::exchange(error, nullptr));
  }
};

}  // namespace wyn::detail
