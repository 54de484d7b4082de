// What a promise and its futures share.
//
// Encoding. One word. That the result is there is a read-modify-write of it that releases, so that
//          of two results one is refused; a wait is one load that acquires and sleeps while it is
//          not there. A future that goes without having waited sets another bit, and whoever comes
//          last, that future or the result, ends the result. The copies of a shared_future count
//          themselves, as a real one's do; the order in which they go is a part of an execution.
//          A second word is claimed by whoever runs what was deferred.
#pragma once

#include <cstdint>
#include <exception>
#include <future>
#include <memory>
#include <type_traits>
#include <utility>

#include "models/check/std/engine_object.h"
#include "models/check/std/fixed_word.h"
#include "models/check/std/thread.h"

namespace wyn::check::detail {

inline void throw_future_error(std::future_errc e) { throw std::future_error(e); }

/// The part of the state that does not depend on the result.
class future_base {
 public:
  future_base() = default;
  virtual ~future_base() = default;

  /// Gives the result, natively by `give`, unless there is one: false.
  template <class Give>
  bool provide(Give give, const char* site) {
    const std::uint64_t before = word_.fetch_or(ready, order::release, site);
    if ((before & ready) != 0) return false;
    give();
    if ((before & abandoned) != 0) end_result();
    return true;
  }
  bool provide_error(std::exception_ptr e, const char* site) {
    return provide([&] { error_ = std::move(e); }, site);
  }
  /// Of a promise that ends without a result.
  void break_promise() {
    provide([&] { broken_ = true; }, "promise.broken");
  }

  /// Runs what was deferred, or waits until the result is there.
  void wait(const char* site) {
    if (is_deferred_ && started_.exchange(1, order::acq_rel, site) == 0) {
      std::exchange(deferred_, nullptr)(this);
    }
    word_.await_change(0, order::acquire, site);
  }
  std::future_status wait_for(bool in_no_time, const char* site) {
    if (is_deferred_ && started_.load(order::acquire, site) == 0) {
      return std::future_status::deferred;
    }
    const bool there = in_no_time ? word_.load(order::acquire, site) != 0
                                  : word_.await_change_in_time(0, order::acquire, site);
    return there ? std::future_status::ready : std::future_status::timeout;
  }
  /// What the result was instead of a value; after a wait.
  void rethrow_if_error() const {
    if (error_ != nullptr) std::rethrow_exception(error_);
    if (broken_) throw_future_error(std::future_errc::broken_promise);
  }

  /// The last future goes. `waited`: it knows that the result is there.
  void let_go(bool waited) {
    if (runs_.joinable()) {
      runs_.join(no_line);
      waited = true;
    }
    if (!waited && (word_.fetch_or(abandoned, order::acquire, "future.end") & ready) != 0) {
      waited = true;
    }
    if (waited) end_result();
    if (std::exchange(deferred_, nullptr) != nullptr) end_task();
  }

  void share(const char* site) { owners_.fetch_add(1, order::relaxed, site); }
  /// Whether it was the last one.
  bool unshare() { return owners_.fetch_add(~std::uint64_t{0}, order::acq_rel, "future.end") == 1; }

  /// The thread of async(); it is joined when the last future goes.
  void run_in(thread t) { runs_ = std::move(t); }
  void defer(void (*run)(future_base*)) {
    deferred_ = run;
    is_deferred_ = true;
  }

  /// Ends what there is of a result.
  void end_result() {
    error_ = nullptr;
    end_value();
  }

 protected:
  virtual void end_value() = 0;
  virtual void end_task() {}

 private:
  static constexpr std::uint64_t ready = 1;
  static constexpr std::uint64_t abandoned = 2;

  fixed_word word_{};
  fixed_word started_{};
  fixed_word owners_{1};
  // Behind word_.
  std::exception_ptr error_;
  bool broken_ = false;
  bool is_deferred_ = false;  ///< from its beginning
  // Behind started_, and the last future's.
  void (*deferred_)(future_base*) = nullptr;
  thread runs_;
};

template <class T>
class future_state : public future_base {
  using stored = std::conditional_t<std::is_reference_v<T>, std::remove_reference_t<T>*, T>;

 public:
  template <class... Arguments>
  bool provide_value(const char* site, Arguments&&... arguments) {
    stored* made = make_for_ever<stored>(std::forward<Arguments>(arguments)...);
    if (provide([&] { value_ = made; }, site)) return true;
    std::destroy_at(made);
    return false;
  }
  stored& value() { return *value_; }

 protected:
  void end_value() override {
    if (value_ != nullptr) std::destroy_at(std::exchange(value_, nullptr));
  }

 private:
  stored* value_ = nullptr;
};

template <>
class future_state<void> : public future_base {
 public:
  bool provide_value(const char* site) {
    return provide([] {}, site);
  }

 protected:
  void end_value() override {}
};

/// The result of f(arguments...), or what it throws.
template <class T, class F>
void provide_result_of(future_state<T>& state, F&& f, const char* site) {
  std::exception_ptr error;
  try {
    if constexpr (std::is_void_v<T>) {
      f();
      state.provide_value(site);
    } else if constexpr (std::is_reference_v<T>) {
      state.provide_value(site, std::addressof(f()));
    } else {
      state.provide_value(site, f());
    }
  } catch (...) {
    error = std::current_exception();
  }
  // Not in the handler: another thread may run in between.
  if (error != nullptr) state.provide_error(std::move(error), site);
}

}  // namespace wyn::check::detail
