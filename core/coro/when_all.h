// when_all: several tasks at the same time, awaited together.
//
//     auto [a, b] = co_await wyn::when_all(left(), right());
//     std::vector<int> all = co_await wyn::when_all(std::move(tasks));
//
// The first task runs at once; the others may be stolen meanwhile (fork_group.h). All of them end
// before it goes on. Of the exceptions the leftmost task's leaves, so what is thrown does not
// depend on who ran what. A result of type void is a std::monostate.
//
// Only inside a coroutine that runs in a runtime (sync_wait, spawn): elsewhere std::logic_error.
// No memory is allocated beyond the frames, but for the vector of the results.
#pragma once

#include <array>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/coro/fork_group.h"
#include "core/coro/task.h"
#include "core/runtime/result_task.h"

namespace wyn {
namespace detail {

template <class T>
stored_result<T> take_member(task<T>& t) {
  if constexpr (std::is_void_v<T>) {
    t.take();
    return {};
  } else {
    return t.take();
  }
}

template <class... T>
class when_all_awaiter {
 public:
  explicit when_all_awaiter(task<T>&&... members) : members_(std::move(members)...) {}
  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> parent) {
    if constexpr (sizeof...(T) == 2) {
      return group_.begin_two(std::get<0>(members_).promise(), std::get<1>(members_).promise(),
                              parent);
    } else {
      const auto promises = std::apply(
          [](auto&... m) { return std::array<coro_promise*, sizeof...(T)>{&m.promise()...}; },
          members_);
      return group_.begin(member_list::of(promises.data(), sizeof...(T)), parent);
    }
  }
  /// Braces evaluate from left to right.
  std::tuple<stored_result<T>...> await_resume() {
    return std::apply(
        [](auto&... m) { return std::tuple<stored_result<T>...>{take_member(m)...}; }, members_);
  }

 private:
  std::tuple<task<T>...> members_;
  fork_group group_{std::uint32_t{sizeof...(T)}};
};

template <class T>
class when_all_vector_awaiter {
 public:
  explicit when_all_vector_awaiter(std::vector<task<T>>&& members)
      : members_(std::move(members)), group_(static_cast<std::uint32_t>(members_.size())) {}
  bool await_ready() const noexcept { return members_.empty(); }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> parent) {
    const auto at = [](const void* tasks, std::uint32_t i) -> coro_promise& {
      return static_cast<const task<T>*>(tasks)[i].promise();
    };
    return group_.begin({members_.data(), at, static_cast<std::uint32_t>(members_.size())}, parent);
  }
  auto await_resume() {
    if constexpr (std::is_void_v<T>) {
      for (task<T>& m : members_) m.take();
    } else {
      std::vector<T> results;
      results.reserve(members_.size());
      for (task<T>& m : members_) results.push_back(m.take());
      return results;
    }
  }

 private:
  std::vector<task<T>> members_;
  fork_group group_;
};

}  // namespace detail

/// See the head of this file. Each task is valid() and has not begun.
template <class... T>
requires(sizeof...(T) > 0) [[nodiscard]] auto when_all(task<T>... members) {
  return detail::when_all_awaiter<T...>(std::move(members)...);
}

/// The same for any number of tasks of one type: a vector of the results, in order; nothing for
/// void.
template <class T>
[[nodiscard]] auto when_all(std::vector<task<T>> members) {
  return detail::when_all_vector_awaiter<T>(std::move(members));
}

}  // namespace wyn
