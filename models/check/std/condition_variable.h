// std::condition_variable and std::condition_variable_any under the explorer.
//
// Encoding and misuse: models/checker/sync/condition_variable.h. A wait ends by a notification;
// that it also ends without one, as the standard allows, is explored on demand
// (options::spurious_wakeups). A wait with a limit may end at any moment: there is no clock.
//
// A wait with a stop_token makes the request notify it: a stop callback, and a look behind the
// monitor at whether it has been called, so that no request is missed.
//
// Missing: notify_all_at_thread_exit.
#pragma once

#include <condition_variable>
#include <mutex>
#include <utility>

#include "models/check/std/engine_object.h"
#include "models/check/std/locks.h"
#include "models/check/std/mutex.h"
#include "models/check/std/stop_token.h"
#include "models/checker/sync/condition_variable.h"

namespace wyn::check {

using std::cv_status;

/// Waits with whatever has lock() and unlock().
class condition_variable_any {
  using location = detail::place;

 public:
  condition_variable_any() = default;

  void notify_one(location at = location::current()) noexcept {
    variable_([&](model::condition_variable& v) {
      v.notify_one(detail::line_or(at, "notify_one", "condition_variable.notify_one"));
    });
  }
  void notify_all(location at = location::current()) noexcept {
    variable_([&](model::condition_variable& v) {
      v.notify_all(detail::line_or(at, "notify_all", "condition_variable.notify_all"));
    });
  }

  template <class Lock>
  void wait(Lock& lock, location at = location::current()) {
    variable_([&](model::condition_variable& v) {
      v.wait(lock, detail::line_or(at, "wait", "condition_variable.wait"));
    });
  }
  /// Waits until ready() holds.
  template <class Lock, class Predicate>
    requires requires(Predicate p) { static_cast<bool>(p()); }
  void wait(Lock& lock, Predicate ready, location at = location::current()) {
    while (!ready()) wait(lock, at);
  }

  template <class Lock, class Duration>
  cv_status wait_for(Lock& lock, const Duration&, location at = location::current()) {
    return variable_([&](model::condition_variable& v) {
      const char* site = detail::line_or(at, "wait_for", "condition_variable.wait_for");
      return v.wait_for(lock, site) == model::cv_status::timeout ? cv_status::timeout
                                                                 : cv_status::no_timeout;
    });
  }
  /// Whether ready() holds in the end.
  template <class Lock, class Duration, class Predicate>
    requires requires(Predicate p) { static_cast<bool>(p()); }
  bool wait_for(Lock& lock, const Duration& limit, Predicate ready,
                location at = location::current()) {
    while (!ready()) {
      if (wait_for(lock, limit, at) == cv_status::timeout) return ready();
    }
    return true;
  }
  template <class Lock, class Time>
  cv_status wait_until(Lock& lock, const Time& limit, location at = location::current()) {
    return wait_for(lock, limit, at);
  }
  template <class Lock, class Time, class Predicate>
    requires requires(Predicate p) { static_cast<bool>(p()); }
  bool wait_until(Lock& lock, const Time& limit, Predicate ready,
                  location at = location::current()) {
    return wait_for(lock, limit, std::move(ready), at);
  }

  /// Waits until ready() holds or a stop is requested. Whether ready() holds in the end.
  template <class Lock, class Predicate>
  bool wait(Lock& lock, stop_token stop, Predicate ready, location at = location::current()) {
    return wait_stopped(lock, stop, ready, false, detail::line_or(at, "wait", one_wait));
  }
  template <class Lock, class Duration, class Predicate>
  bool wait_for(Lock& lock, stop_token stop, const Duration&, Predicate ready,
                location at = location::current()) {
    return wait_stopped(lock, stop, ready, true, detail::line_or(at, "wait_for", one_wait));
  }
  template <class Lock, class Time, class Predicate>
  bool wait_until(Lock& lock, stop_token stop, const Time&, Predicate ready,
                  location at = location::current()) {
    return wait_stopped(lock, stop, ready, true, detail::line_or(at, "wait_until", one_wait));
  }

 private:
  static constexpr const char* one_wait = "condition_variable.wait";

  template <class Lock, class Predicate>
  bool wait_stopped(Lock& lock, const stop_token& stop, Predicate& ready, bool timed,
                    const char* site) {
    bool stopped = false;
    const auto wake = [&] {
      variable_([&](model::condition_variable& v) { v.stop(stopped, site); });
    };
    const stop_callback<decltype(wake)> wakes(stop, wake, detail::no_line);
    while (!ready()) {
      switch (variable_([&](model::condition_variable& v) {
        return v.wait_unless(stopped, lock, timed, site);
      })) {
        case model::wait_end::notification: break;
        case model::wait_end::timeout:
          if (timed) return ready();
          break;
        case model::wait_end::stop: stop.state()->await_request(); return ready();
      }
    }
    return true;
  }

  detail::engine_object<model::condition_variable> variable_;
};

/// Waits with a unique_lock of a mutex alone.
class condition_variable : private condition_variable_any {
  using base = condition_variable_any;
  using location = detail::place;
  using lock_type = std::unique_lock<mutex>;

 public:
  using base::notify_all;
  using base::notify_one;

  void wait(lock_type& lock, location at = location::current()) { base::wait(lock, at); }
  template <class Predicate>
    requires requires(Predicate p) { static_cast<bool>(p()); }
  void wait(lock_type& lock, Predicate ready, location at = location::current()) {
    base::wait(lock, std::move(ready), at);
  }
  template <class Duration>
  cv_status wait_for(lock_type& lock, const Duration& limit,
                     location at = location::current()) {
    return base::wait_for(lock, limit, at);
  }
  template <class Duration, class Predicate>
    requires requires(Predicate p) { static_cast<bool>(p()); }
  bool wait_for(lock_type& lock, const Duration& limit, Predicate ready,
                location at = location::current()) {
    return base::wait_for(lock, limit, std::move(ready), at);
  }
  template <class Time>
  cv_status wait_until(lock_type& lock, const Time& limit, location at = location::current()) {
    return base::wait_for(lock, limit, at);
  }
  template <class Time, class Predicate>
    requires requires(Predicate p) { static_cast<bool>(p()); }
  bool wait_until(lock_type& lock, const Time& limit, Predicate ready,
                  location at = location::current()) {
    return base::wait_for(lock, limit, std::move(ready), at);
  }
};

}  // namespace wyn::check
