// std::mutex and its family under the explorer.
//
// A mutex has as many executions as there are orders in which its holders can come; how it is
// encoded: models/checker/sync/mutex.h. A mistake in its use is a failure at once.
//
// Where it differs from the standard library:
//  - try_lock_for() and try_lock_until() have no clock: that the time passes first is one
//    possibility, that the lock is waited for is the other.
//  - Its size is its own.
#pragma once

#include "models/check/std/access.h"
#include "models/check/std/engine_object.h"
#include "models/checker/sync/mutex.h"
#include "models/checker/sync/shared_mutex.h"

namespace wyn::check {

namespace detail {

/// Whether the time passes before what is waited for comes: both are explored.
inline bool time_passes() {
  const outside_program engine;
  return model::calls::choose(2) == 1;
}

/// A mutex with the locks that give up in time.
template <class Mutex>
class timed : public Mutex {
 public:
  template <class Duration>
  bool try_lock_for(const Duration&, place at = place::current()) {
    if (time_passes()) return false;
    this->lock(at);
    return true;
  }
  template <class Time>
  bool try_lock_until(const Time&, place at = place::current()) {
    return try_lock_for(0, at);
  }
};

}  // namespace detail

class mutex {
  using location = detail::place;

 public:
  mutex() = default;

  void lock(location at = location::current()) {
    mutex_([&](model::mutex& m) { m.lock(detail::line_or(at, "lock", "mutex.lock")); });
  }
  bool try_lock(location at = location::current()) {
    return mutex_([&](model::mutex& m) {
      return m.try_lock(detail::line_or(at, "try_lock", "mutex.try_lock"));
    });
  }
  void unlock(location at = location::current()) {
    mutex_([&](model::mutex& m) { m.unlock(detail::line_or(at, "unlock", "mutex.unlock")); });
  }

  /// Whether the caller holds it.
  bool is_held() {
    return mutex_([](model::mutex& m) { return m.is_held(); });
  }
  /// For what waits with it: condition_variable.h.
  model::mutex& of_model() {
    return *mutex_([](model::mutex& m) { return &m; });
  }

 private:
  detail::engine_object<model::mutex> mutex_;
};

using timed_mutex = detail::timed<mutex>;

/// Locked again by its holder, it is unlocked as many times.
class recursive_mutex {
  using location = detail::place;

 public:
  void lock(location at = location::current()) {
    if (!mutex_.is_held()) mutex_.lock(at);
    ++depth_;
  }
  bool try_lock(location at = location::current()) {
    if (!mutex_.is_held() && !mutex_.try_lock(at)) return false;
    ++depth_;
    return true;
  }
  void unlock(location at = location::current()) {
    if (!mutex_.is_held() || --depth_ == 0) mutex_.unlock(at);
  }

 private:
  mutex mutex_;
  // The holder's alone.
  int depth_ = 0;
};

using recursive_timed_mutex = detail::timed<recursive_mutex>;

class shared_mutex {
  using location = detail::place;

 public:
  shared_mutex() = default;

  void lock(location at = location::current()) {
    mutex_([&](model::shared_mutex& m) {
      m.lock(detail::line_or(at, "lock", "shared_mutex.lock"));
    });
  }
  bool try_lock(location at = location::current()) {
    return mutex_([&](model::shared_mutex& m) {
      return m.try_lock(detail::line_or(at, "try_lock", "shared_mutex.try_lock"));
    });
  }
  void unlock(location at = location::current()) {
    mutex_([&](model::shared_mutex& m) {
      m.unlock(detail::line_or(at, "unlock", "shared_mutex.unlock"));
    });
  }
  void lock_shared(location at = location::current()) {
    mutex_([&](model::shared_mutex& m) {
      m.lock_shared(detail::line_or(at, "lock_shared", "shared_mutex.lock_shared"));
    });
  }
  bool try_lock_shared(location at = location::current()) {
    return mutex_([&](model::shared_mutex& m) {
      return m.try_lock_shared(
          detail::line_or(at, "try_lock_shared", "shared_mutex.try_lock_shared"));
    });
  }
  void unlock_shared(location at = location::current()) {
    mutex_([&](model::shared_mutex& m) {
      m.unlock_shared(detail::line_or(at, "unlock_shared", "shared_mutex.unlock_shared"));
    });
  }

 private:
  detail::engine_object<model::shared_mutex> mutex_;
};

class shared_timed_mutex : public detail::timed<shared_mutex> {
 public:
  template <class Duration>
  bool try_lock_shared_for(const Duration&, detail::place at = detail::place::current()) {
    if (detail::time_passes()) return false;
    lock_shared(at);
    return true;
  }
  template <class Time>
  bool try_lock_shared_until(const Time&, detail::place at = detail::place::current()) {
    return try_lock_shared_for(0, at);
  }
};

}  // namespace wyn::check
