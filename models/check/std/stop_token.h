// std::stop_token, std::stop_source and std::stop_callback under the explorer.
//
// Encoding. One word says whether a stop was requested. A request is an exchange of it, and so are,
//          as additions of nothing, the beginning and the end of a callback: the order in which
//          these come decides who runs a callback, and the list of callbacks is kept behind them
//          (fixed_word.h). The end of a callback that another thread is running waits for it.
// Order.   Callbacks run one after the other, the newest first; the standard leaves that open.
//
// Where it differs from the standard library: stop_possible() of a token stays true when its last
// source has gone.
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include "models/check/std/engine_object.h"
#include "models/check/std/fixed_word.h"

namespace wyn::check {

namespace detail {

class stop_state {
 public:
  static constexpr int nobody = -2;

  /// Of one callback. In memory of the explorer: a request may come across it after its end.
  struct record {
    record(void (*f)(void*), void* self) : run(f), callback(self) {}
    void (*run)(void*);
    void* callback;
    record* next = nullptr;
    fixed_word done{};
    int runner = nobody;
    bool ended_while_running = false;
  };

  bool requested(const place& at) const {
    const char* site = line_or(at, "stop_requested", "stop_token.stop_requested");
    return word_.load(order::acquire, site) != 0;
  }
  /// Waits for a request that is known to have been made, and is ordered after it.
  void await_request() const {
    word_.await_change(0, order::acquire, "stop_token.stop_requested");
  }

  bool request(const place& at) {
    const char* site = line_or(at, "request_stop", "stop_source.request_stop");
    if (word_.exchange(1, order::acq_rel, site) != 0) return false;
    while (newest_ != nullptr) {
      record& r = *std::exchange(newest_, newest_->next);
      // No callback begins any more, so that the list stays empty when it is.
      const bool last = newest_ == nullptr;
      r.runner = model::calls::current_thread();
      r.run(r.callback);
      if (!r.ended_while_running) r.done.store(1, order::release, "stop_callback.done");
      if (last) break;
      word_.fetch_add(0, order::acq_rel, site);
    }
    return true;
  }

  /// False when a stop was requested before.
  bool add(record& r, const char* site) {
    if (word_.fetch_add(0, order::acq_rel, site) != 0) return false;
    r.next = std::exchange(newest_, &r);
    return true;
  }
  void remove(record& r, const char* site) {
    word_.fetch_add(0, order::acq_rel, site);
    if (take_off(r)) return;
    if (r.runner == model::calls::current_thread()) r.ended_while_running = true;
    else r.done.await_change(0, order::acquire, site);
  }

 private:
  bool take_off(record& r) {
    record** at = &newest_;
    while (*at != nullptr && *at != &r) at = &(*at)->next;
    if (*at == nullptr) return false;
    *at = r.next;
    return true;
  }

  fixed_word word_{};
  // Behind word_.
  record* newest_ = nullptr;
};

}  // namespace detail

class stop_token {
  using location = detail::place;

 public:
  stop_token() = default;
  bool stop_requested(location at = location::current()) const noexcept {
    return state_ != nullptr && state_->requested(at);
  }
  bool stop_possible() const noexcept { return state_ != nullptr; }
  void swap(stop_token& other) noexcept { std::swap(state_, other.state_); }
  friend void swap(stop_token& a, stop_token& b) noexcept { a.swap(b); }
  friend bool operator==(const stop_token&, const stop_token&) = default;

  /// For what waits with it: condition_variable.h.
  detail::stop_state* state() const noexcept { return state_; }

 private:
  friend class stop_source;
  explicit stop_token(detail::stop_state* s) : state_(s) {}
  detail::stop_state* state_ = nullptr;
};

struct nostopstate_t {
  explicit nostopstate_t() = default;
};
inline constexpr nostopstate_t nostopstate{};

class stop_source {
  using location = detail::place;

 public:
  stop_source() : state_(detail::make_for_ever<detail::stop_state>()) {}
  explicit stop_source(nostopstate_t) noexcept {}
  stop_source(const stop_source&) = default;
  stop_source& operator=(const stop_source&) = default;
  stop_source(stop_source&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}
  stop_source& operator=(stop_source&& other) noexcept {
    state_ = std::exchange(other.state_, nullptr);
    return *this;
  }

  /// Whether this is the call that makes the request. It runs the callbacks.
  bool request_stop(location at = location::current()) noexcept {
    return state_ != nullptr && state_->request(at);
  }
  bool stop_requested(location at = location::current()) const noexcept {
    return get_token().stop_requested(at);
  }
  bool stop_possible() const noexcept { return state_ != nullptr; }
  stop_token get_token() const noexcept { return stop_token(state_); }
  void swap(stop_source& other) noexcept { std::swap(state_, other.state_); }
  friend void swap(stop_source& a, stop_source& b) noexcept { a.swap(b); }
  friend bool operator==(const stop_source&, const stop_source&) = default;

 private:
  detail::stop_state* state_ = nullptr;
};

/// Runs its callback in the thread that requests the stop, or at once when that has been done.
template <class Callback>
class stop_callback {
  using location = detail::place;
  static_assert(std::invocable<Callback> && std::destructible<Callback>);

 public:
  using callback_type = Callback;

  template <class C>
    requires std::constructible_from<Callback, C>
  explicit stop_callback(const stop_token& token, C&& callback,
                         location at = location::current())
      : callback_(std::forward<C>(callback)), state_(token.state()), at_(at) {
    if (state_ == nullptr) return;
    record_ = detail::make_for_ever<detail::stop_state::record>(&run, this);
    const char* site = detail::line_or(at, "stop_callback", "stop_callback");
    if (state_->add(*record_, site)) return;
    record_ = nullptr;
    run(this);
  }
  /// Waits for the end of the callback when another thread runs it.
  ~stop_callback() {
    if (record_ == nullptr) return;
    state_->remove(*record_, detail::line_or(at_, "~stop_callback", "~stop_callback"));
  }
  stop_callback(const stop_callback&) = delete;
  stop_callback& operator=(const stop_callback&) = delete;

 private:
  // What it throws ends the program, as in the standard.
  static void run(void* self) noexcept {
    std::forward<Callback>(static_cast<stop_callback*>(self)->callback_)();
  }

  Callback callback_;
  detail::stop_state* state_;
  location at_;
  detail::stop_state::record* record_ = nullptr;
};
template <class Callback>
stop_callback(stop_token, Callback) -> stop_callback<Callback>;

}  // namespace wyn::check
