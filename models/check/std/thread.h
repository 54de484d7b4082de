// std::thread and std::jthread under the explorer.
//
// The program says how many threads there are at most, and how many of them begin by themselves
// (models/checker/sync/thread.h); main_program.h does so for code that has a main() of its own.
// Everything that would go wrong with a real thread goes wrong at once: a joinable thread that is
// destroyed or joined twice is a failure.
//
// Where it differs from the standard library:
//  - detach() means that nobody waits; an execution is complete when the thread has ended.
//  - No native_handle(). hardware_concurrency() is 2.
//  - An exception that leaves a thread is a model error, which says what was thrown.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <ostream>
#include <tuple>
#include <type_traits>
#include <utility>

#include "models/check/std/atomic.h"
#include "models/check/std/engine_object.h"
#include "models/check/std/program.h"
#include "models/check/std/stop_token.h"
#include "models/checker/sync/thread.h"
#include "models/checker/sync/thread_local_value.h"

namespace wyn::check {

/// Of each thread its own: what thread_local is elsewhere, which would be one variable here.
template <class T>
using thread_local_value = model::thread_local_value<T>;

namespace detail {

// Runs on the new thread. The arguments end there, too, as the program's code.
template <class... Parts>
struct thread_task {
  std::tuple<Parts...> parts;
  bool allocates;  ///< the starter's new is that of the model: with_new.h

  void operator()() {
    if (!allocates) return run();
    const inside_program scope;
    run();
  }
  void run() {
    std::tuple<Parts...> mine = std::move(parts);
    std::apply([](auto&&... x) { std::invoke(std::move(x)...); }, std::move(mine));
  }
};

}  // namespace detail

class thread {
  using location = detail::place;

 public:
  /// Equal for one thread only.
  class id {
   public:
    id() = default;
    friend bool operator==(id, id) = default;
    friend std::strong_ordering operator<=>(id, id) = default;
    friend std::ostream& operator<<(std::ostream& out, id i) { return out << i.number_; }

   private:
    friend class thread;
    friend struct std::hash<id>;
    explicit id(int number) : number_(number) {}
    int number_ = none;
  };

  thread() = default;
  /// Starts a thread that runs f(arguments...) on copies of them.
  template <class F, class... Arguments>
    requires(!std::is_same_v<std::remove_cvref_t<F>, thread>)
  explicit thread(F&& f, Arguments&&... arguments) {
    using task = detail::thread_task<std::decay_t<F>, std::decay_t<Arguments>...>;
    task t{{std::forward<F>(f), std::forward<Arguments>(arguments)...}, detail::in_program};
    const detail::outside_program engine;
    thread_ = model::thread(std::move(t));
  }
  thread(thread&&) = default;
  thread& operator=(thread&& other) {
    const detail::outside_program engine;
    thread_ = std::move(other.thread_);
    return *this;
  }
  ~thread() {
    // Here and not in the member's own destructor, which ends in the program's scope.
    if (!thread_.joinable()) return;
    const detail::outside_program engine;
    model::calls::fail(model::failure::misuse,
                       "a thread is destroyed that was neither joined nor detached", this);
  }

  bool joinable() const noexcept { return thread_.joinable(); }
  void join(location at = location::current()) {
    const detail::outside_program engine;
    thread_.join(detail::line_or(at, "join", "thread.join"));
  }
  void detach() {
    const detail::outside_program engine;
    thread_.detach();
  }
  id get_id() const noexcept { return joinable() ? id(thread_.number()) : id(); }
  void swap(thread& other) noexcept { thread_.swap(other.thread_); }
  friend void swap(thread& a, thread& b) noexcept { a.swap(b); }

  static unsigned hardware_concurrency() noexcept { return 2; }
  static id current() { return id(model::calls::current_thread()); }

 private:
  static constexpr int none = -2;  // the main thread is -1
  model::thread thread_;
};

/// A thread that is asked to stop, and joined, where it would be destroyed.
class jthread {
  using location = detail::place;

 public:
  using id = thread::id;

  jthread() noexcept = default;
  template <class F, class... Arguments>
    requires(!std::is_same_v<std::remove_cvref_t<F>, jthread>)
  explicit jthread(F&& f, Arguments&&... arguments) : stop_() {
    if constexpr (std::is_invocable_v<std::decay_t<F>, stop_token, std::decay_t<Arguments>...>) {
      thread_ =
          thread(std::forward<F>(f), stop_.get_token(), std::forward<Arguments>(arguments)...);
    } else {
      thread_ = thread(std::forward<F>(f), std::forward<Arguments>(arguments)...);
    }
  }
  jthread(jthread&&) = default;
  jthread& operator=(jthread&& other) {
    end();
    thread_ = std::move(other.thread_);
    stop_ = std::move(other.stop_);
    return *this;
  }
  ~jthread() { end(); }

  bool joinable() const noexcept { return thread_.joinable(); }
  void join(location at = location::current()) { thread_.join(at); }
  void detach() { thread_.detach(); }
  id get_id() const noexcept { return thread_.get_id(); }
  stop_source get_stop_source() noexcept { return stop_; }
  stop_token get_stop_token() const noexcept { return stop_.get_token(); }
  bool request_stop(location at = location::current()) noexcept { return stop_.request_stop(at); }
  void swap(jthread& other) noexcept {
    thread_.swap(other.thread_);
    stop_.swap(other.stop_);
  }
  friend void swap(jthread& a, jthread& b) noexcept { a.swap(b); }
  static unsigned hardware_concurrency() noexcept { return thread::hardware_concurrency(); }

 private:
  void end() {
    if (!joinable()) return;
    stop_.request_stop(detail::no_line);
    thread_.join(detail::no_line);
  }
  stop_source stop_{nostopstate};
  thread thread_;
};

namespace this_thread {

inline thread::id get_id() { return thread::current(); }
/// There is no clock here: as yield().
template <class Duration>
void sleep_for(const Duration&) {
  yield();
}
template <class Time>
void sleep_until(const Time&) {
  yield();
}

}  // namespace this_thread
}  // namespace wyn::check

template <>
struct std::hash<wyn::check::thread::id> {
  std::size_t operator()(wyn::check::thread::id i) const {
    return static_cast<std::size_t>(i.number_ + 2);
  }
};
