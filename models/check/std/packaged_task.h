// std::packaged_task and std::async under the explorer.
//
// async() with launch::async starts a thread of the model, so the program has to state enough of
// them; with launch::deferred the first wait runs the function. Where the policy leaves it to the
// library, as it does by default, both are explored.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "models/check/std/future.h"
#include "models/check/std/mutex.h"

namespace wyn::check {

template <class Signature>
class packaged_task;

namespace detail {

template <class T, class... Arguments>
class task_state : public future_state<T> {
 public:
  virtual void run(Arguments... arguments) = 0;
  /// A new state with the same function, which it takes along.
  virtual task_state* renew() = 0;
  /// The function ends. After the last run.
  virtual void end_function() = 0;
};

template <class F, class T, class... Arguments>
class task_state_of final : public task_state<T, Arguments...> {
 public:
  explicit task_state_of(F&& f) : f_(std::move(f)) {}
  explicit task_state_of(const F& f) : f_(f) {}
  void run(Arguments... arguments) override {
    provide_result_of<T>(
        *this,
        [&]() -> T { return std::invoke(*f_, std::forward<Arguments>(arguments)...); },
        "packaged_task");
  }
  task_state_of* renew() override { return make_for_ever<task_state_of>(std::move(*f_)); }
  void end_function() override { f_.reset(); }

 private:
  std::optional<F> f_;
};

// What async() runs.
template <class T, class F, class... Arguments>
class call_state final : public future_state<T> {
 public:
  template <class... Parts>
  explicit call_state(Parts&&... parts) : parts_(std::in_place, std::forward<Parts>(parts)...) {}

  static void run(future_base* self) { static_cast<call_state*>(self)->call(); }

 protected:
  void end_task() override { parts_.reset(); }

 private:
  void call() {
    provide_result_of<T>(
        *this,
        [&]() -> T {
          // The function and its arguments end before the result is there.
          const ending end{*this};
          return std::apply(
              [](auto&&... x) -> T { return std::invoke(std::move(x)...); }, std::move(*parts_));
        },
        "async");
  }
  struct ending {
    call_state& of;
    ~ending() { of.parts_.reset(); }
  };

  std::optional<std::tuple<F, Arguments...>> parts_;
};

}  // namespace detail

template <class T, class... Arguments>
class packaged_task<T(Arguments...)> : public detail::providing<T> {
  using base = detail::providing<T>;

 public:
  packaged_task() noexcept = default;
  template <class F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, packaged_task> &&
             std::is_invocable_r_v<T, std::decay_t<F>&, Arguments...>)
  explicit packaged_task(F&& f)
      : packaged_task(detail::make_for_ever<
                      detail::task_state_of<std::decay_t<F>, T, Arguments...>>(
            std::forward<F>(f))) {}
  packaged_task(packaged_task&& other) noexcept
      : base(std::move(other)),
        task_(std::exchange(other.task_, nullptr)),
        ran_(std::exchange(other.ran_, false)) {}
  packaged_task& operator=(packaged_task&& other) noexcept {
    packaged_task(std::move(other)).swap(*this);
    return *this;
  }
  ~packaged_task() {
    if (task_ != nullptr) task_->end_function();
  }

  bool valid() const noexcept { return task_ != nullptr; }
  void swap(packaged_task& other) noexcept {
    base::swap(other);
    std::swap(task_, other.task_);
    std::swap(ran_, other.ran_);
  }
  friend void swap(packaged_task& a, packaged_task& b) noexcept { a.swap(b); }

  /// Once, unless reset() is called.
  void operator()(Arguments... arguments) {
    this->state();
    this->must_be_first(!std::exchange(ran_, true));
    task_->run(std::forward<Arguments>(arguments)...);
  }
  void reset() {
    this->state();
    packaged_task renewed(task_->renew());
    swap(renewed);
  }

 private:
  explicit packaged_task(detail::task_state<T, Arguments...>* task) : base(task), task_(task) {}

  detail::task_state<T, Arguments...>* task_ = nullptr;
  bool ran_ = false;
};

namespace detail {

/// The result of f(arguments...) on copies of them.
template <class F, class... Arguments>
using called = std::invoke_result_t<std::decay_t<F>, std::decay_t<Arguments>...>;

}  // namespace detail

template <class F, class... Arguments>
future<detail::called<F, Arguments...>> async(launch policy, F&& f, Arguments&&... arguments) {
  using result = detail::called<F, Arguments...>;
  using state = detail::call_state<result, std::decay_t<F>, std::decay_t<Arguments>...>;
  state* s =
      detail::make_for_ever<state>(std::forward<F>(f), std::forward<Arguments>(arguments)...);
  const bool may_start = (policy & launch::async) == launch::async;
  const bool may_defer = (policy & launch::deferred) == launch::deferred;
  const bool starts = may_start && !(may_defer && detail::time_passes());
  if (starts) s->run_in(thread(&state::run, s));
  else s->defer(&state::run);
  return future<result>(s);
}

template <class F, class... Arguments>
  requires(!std::is_same_v<std::remove_cvref_t<F>, launch>)
future<detail::called<F, Arguments...>> async(F&& f, Arguments&&... arguments) {
  return check::async(launch::async | launch::deferred, std::forward<F>(f),
                      std::forward<Arguments>(arguments)...);
}

}  // namespace wyn::check
