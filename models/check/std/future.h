// std::promise, std::future and std::shared_future under the explorer; how they are encoded:
// future_state.h. Mistakes throw std::future_error, as they do elsewhere.
//
// Where it differs from the standard library:
//  - A wait with a limit may end at any moment; one for no time is one look.
//  - The result ends with the last future, or with get() of one that is not shared.
//  - No functions that wait for the end of a thread (set_value_at_thread_exit, ...), no allocators.
#pragma once

#include <exception>
#include <future>
#include <memory>
#include <type_traits>
#include <utility>

#include "models/check/std/engine_object.h"
#include "models/check/std/future_state.h"

namespace wyn::check {

using std::future_category;
using std::future_errc;
using std::future_error;
using std::future_status;
using std::launch;

template <class T>
class shared_future;
template <class T>
class promise;

namespace detail {

// What both sorts of futures do; `state_` is empty once the result was taken.
template <class T>
class waiting {
  using location = place;

 public:
  bool valid() const noexcept { return state_ != nullptr; }
  void wait(location at = location::current()) const {
    state().wait(line_or(at, "wait", "future.wait"));
    waited_ = true;
  }
  template <class Duration>
  future_status wait_for(const Duration& limit, location at = location::current()) const {
    const future_status s =
        state().wait_for(limit <= Duration::zero(), line_or(at, "wait_for", "future.wait_for"));
    waited_ |= s == future_status::ready;
    return s;
  }
  template <class Time>
  future_status wait_until(const Time&, location at = location::current()) const {
    const future_status s = state().wait_for(false, line_or(at, "wait_until", "future.wait_until"));
    waited_ |= s == future_status::ready;
    return s;
  }

 protected:
  waiting() = default;
  explicit waiting(future_state<T>* s) : state_(s) {}
  void take_from(waiting& other) {
    state_ = std::exchange(other.state_, nullptr);
    waited_ = std::exchange(other.waited_, false);
  }
  future_state<T>& state() const {
    if (state_ == nullptr) throw_future_error(future_errc::no_state);
    return *state_;
  }

  future_state<T>* state_ = nullptr;
  mutable bool waited_ = false;
};

}  // namespace detail

template <class T>
class [[nodiscard]] future : public detail::waiting<T> {
  using base = detail::waiting<T>;
  using location = detail::place;

 public:
  future() noexcept = default;
  /// The library's: of the state of a promise or a task.
  explicit future(detail::future_state<T>* s) : base(s) {}
  future(future&& other) noexcept { this->take_from(other); }
  future& operator=(future&& other) noexcept {
    end();
    this->take_from(other);
    return *this;
  }
  ~future() { end(); }

  /// Waits, and takes the result; what was thrown instead of it is thrown here.
  T get(location at = location::current()) {
    this->state().wait(detail::line_or(at, "get", "future.get"));
    this->waited_ = true;
    const owner result(std::move(*this));
    result.of->rethrow_if_error();
    if constexpr (std::is_reference_v<T>) return *result.of->value();
    else if constexpr (!std::is_void_v<T>) return std::move(result.of->value());
  }
  shared_future<T> share() noexcept;

 private:
  friend class shared_future<T>;
  // Lets go at the end of get(), whatever that is.
  struct owner {
    explicit owner(future&& f) : of(std::exchange(f.state_, nullptr)) {}
    ~owner() { of->let_go(true); }
    owner(const owner&) = delete;
    owner& operator=(const owner&) = delete;
    detail::future_state<T>* of;
  };

  void end() {
    if (this->state_ != nullptr) std::exchange(this->state_, nullptr)->let_go(this->waited_);
  }
};

/// Copies count themselves, and the last one ends the result.
template <class T>
class shared_future : public detail::waiting<T> {
  using base = detail::waiting<T>;
  using location = detail::place;
  using result = std::conditional_t<std::is_object_v<T>, const T&, T>;

 public:
  shared_future() noexcept = default;
  // NOLINTNEXTLINE: implicit, as in the standard
  shared_future(future<T>&& f) noexcept { this->take_from(f); }
  shared_future(const shared_future& other) noexcept : base(other) {
    if (this->state_ != nullptr) this->state_->share("shared_future.copy");
  }
  shared_future(shared_future&& other) noexcept { this->take_from(other); }
  shared_future& operator=(shared_future other) noexcept {
    std::swap(this->state_, other.state_);
    std::swap(this->waited_, other.waited_);
    return *this;
  }
  ~shared_future() {
    if (this->state_ != nullptr && this->state_->unshare()) this->state_->let_go(this->waited_);
  }

  result get(location at = location::current()) const {
    this->state().wait(detail::line_or(at, "get", "shared_future.get"));
    this->waited_ = true;
    this->state_->rethrow_if_error();
    if constexpr (std::is_reference_v<T>) return *this->state_->value();
    else if constexpr (!std::is_void_v<T>) return this->state_->value();
  }
};

template <class T>
shared_future<T> future<T>::share() noexcept {
  return shared_future<T>(std::move(*this));
}

namespace detail {

// What provides a result: a promise, or a task. Ends as a broken promise where it has not.
template <class T>
class providing {
 public:
  future<T> get_future() {
    future_state<T>& s = state();
    if (retrieved_) throw_future_error(future_errc::future_already_retrieved);
    retrieved_ = true;
    return future<T>(&s);
  }

 protected:
  providing() = default;
  explicit providing(future_state<T>* s) : state_(s) {}
  providing(providing&& other) noexcept { swap(other); }
  ~providing() {
    if (state_ == nullptr) return;
    if (!retrieved_) state_->let_go(provided_);
    else if (!provided_) state_->break_promise();
  }

  void swap(providing& other) noexcept {
    std::swap(state_, other.state_);
    std::swap(retrieved_, other.retrieved_);
    std::swap(provided_, other.provided_);
  }
  future_state<T>& state() const {
    if (state_ == nullptr) throw_future_error(future_errc::no_state);
    return *state_;
  }
  void must_be_first(bool first) {
    if (!first) throw_future_error(future_errc::promise_already_satisfied);
    provided_ = true;
  }

 private:
  future_state<T>* state_ = nullptr;
  bool retrieved_ = false;
  bool provided_ = false;
};

template <class T>
class promising : public providing<T> {
  using location = place;

 public:
  promising() : providing<T>(make_for_ever<future_state<T>>()) {}
  promising(promising&&) noexcept = default;

  void set_exception(std::exception_ptr e, location at = location::current()) {
    this->must_be_first(this->state().provide_error(std::move(e), site(at, "set_exception")));
  }

 protected:
  static const char* site(const place& at, const char* name = "set_value") {
    return line_or(at, name, "promise");
  }
};

}  // namespace detail

template <class T>
class promise : public detail::promising<T> {
  using location = detail::place;

 public:
  promise() = default;
  promise(promise&&) noexcept = default;
  promise& operator=(promise&& other) noexcept {
    promise(std::move(other)).swap(*this);
    return *this;
  }
  void swap(promise& other) noexcept { detail::promising<T>::swap(other); }
  friend void swap(promise& a, promise& b) noexcept { a.swap(b); }

  void set_value(const T& v, location at = location::current()) {
    this->must_be_first(this->state().provide_value(this->site(at), v));
  }
  void set_value(T&& v, location at = location::current()) {
    this->must_be_first(this->state().provide_value(this->site(at), std::move(v)));
  }
};

template <class T>
class promise<T&> : public detail::promising<T&> {
  using location = detail::place;

 public:
  promise() = default;
  promise(promise&&) noexcept = default;
  promise& operator=(promise&& other) noexcept {
    promise(std::move(other)).swap(*this);
    return *this;
  }
  void swap(promise& other) noexcept { detail::promising<T&>::swap(other); }
  friend void swap(promise& a, promise& b) noexcept { a.swap(b); }

  void set_value(T& v, location at = location::current()) {
    this->must_be_first(this->state().provide_value(this->site(at), std::addressof(v)));
  }
};

template <>
class promise<void> : public detail::promising<void> {
  using location = detail::place;

 public:
  promise() = default;
  promise(promise&&) noexcept = default;
  promise& operator=(promise&& other) noexcept {
    promise(std::move(other)).swap(*this);
    return *this;
  }
  void swap(promise& other) noexcept { detail::promising<void>::swap(other); }
  friend void swap(promise& a, promise& b) noexcept { a.swap(b); }

  void set_value(location at = location::current()) {
    must_be_first(state().provide_value(site(at)));
  }
};

}  // namespace wyn::check
