// A condition variable of the explorer: what std::condition_variable is to a model that waits.
//
// Encoding. The standard has all notifications and all parts of all waits in one total order. Here
//          that is the order in which they have a monitor, a word that is taken and given back as a
//          mutex is, but without any order on memory: a condition variable publishes nothing, only
//          the mutex does. What the monitor protects is a list of the threads that wait.
//            wait:    enters the list (one read-modify-write of the monitor), unlocks the mutex,
//                     sleeps on a word of its own until it changes, locks the mutex.
//            notify:  takes the monitor, takes one thread off the list, which one being a choice
//                     where there are several, or all; stores to the words of these; gives the
//                     monitor back.
//          A wait that ends without a notification (a time limit, or options::spurious_wakeups)
//          leaves the list by another read-modify-write of the monitor; if it has been notified in
//          the meantime, the notification is spent on it, as it may be in a real one.
//          The number of executions depends on this encoding; that the outcomes do not is tested
//          against another one (condition_variable_test.cc).
// Time.    There is none: a wait with a limit may end at any moment after it has unlocked the
//          mutex. options::max_timeouts bounds how often, for loops that wait again and again.
// Misuse.  A wait without the mutex, waits with several mutexes at once, and destruction under a
//          waiting thread are failures. A thread that nobody will notify any more is a lost
//          wake-up.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "models/checker/calls.h"
#include "models/checker/graph/view.h"

namespace wyn::model {

enum class cv_status : std::uint8_t { no_timeout, timeout };
/// What ends a sleep that can be stopped.
enum class wait_end : std::uint8_t { notification, timeout, stop };

class condition_variable {
 public:
  condition_variable() noexcept : threads_(calls::thread_count()) {
    calls::construct_atomic(&monitor_, 0);
    for (int t = 0; t < threads_; ++t) calls::construct_atomic(&signal(t), 0);
  }
  /// A failure while threads wait. As in POSIX, and more strictly than the standard says, it is one
  /// as well when a thread that was notified has not yet locked its mutex again.
  ~condition_variable() {
    if (waiting_ != 0) {
      calls::fail(failure::misuse, "a condition variable is destroyed under a waiting thread",
                  this);
    }
    for (int t = 0; t < threads_; ++t) calls::destroy(&signal(t));
    calls::destroy(&monitor_);
  }
  condition_variable(const condition_variable&) = delete;
  condition_variable& operator=(const condition_variable&) = delete;

  /// Unlocks `lock`, which the caller must hold, until a notification, and locks it again. `Lock`
  /// has lock() and unlock(): a mutex of the explorer, or a std::unique_lock of one.
  template <class Lock>
  void wait(Lock& lock, const char* site = "condition_variable.wait") {
    sleep(lock, false, site, nullptr);
  }
  /// Waits until `ready()` holds, which is asked with the lock held.
  template <class Lock, class Predicate>
    requires requires(Predicate p) { static_cast<bool>(p()); }
  void wait(Lock& lock, Predicate ready, const char* site = "condition_variable.wait") {
    while (!ready()) wait(lock, site);
  }

  /// As wait(), for a limited time: any time limit is one that may pass at any moment.
  template <class Lock>
  cv_status wait_for(Lock& lock, const char* site = "condition_variable.wait_for") {
    return sleep(lock, true, site, nullptr) == wait_end::timeout ? cv_status::timeout
                                                                 : cv_status::no_timeout;
  }
  /// Whether `ready()` holds in the end.
  template <class Lock, class Predicate>
    requires requires(Predicate p) { static_cast<bool>(p()); }
  bool wait_for(Lock& lock, Predicate ready, const char* site = "condition_variable.wait_for") {
    while (!ready()) {
      if (wait_for(lock, site) == cv_status::timeout) return ready();
    }
    return true;
  }

  /// As wait() or, where `timed`, as wait_for(), but without sleep once stop(stopped) was called.
  template <class Lock>
  wait_end wait_unless(const bool& stopped, Lock& lock, bool timed, const char* site) {
    return sleep(lock, timed, site, &stopped);
  }
  /// Wakes all threads that wait.
  void stop(bool& stopped, const char* site) { notify(threads_, site, &stopped); }

  /// Wakes one of the threads that wait: any of them, each possibility being explored.
  void notify_one(const char* site = "condition_variable.notify_one") { notify(1, site); }
  /// Wakes all threads that wait.
  void notify_all(const char* site = "condition_variable.notify_all") { notify(threads_, site); }

 private:
  std::uint64_t& signal(int thread) { return signals_[static_cast<std::size_t>(thread)]; }

  static operation make(operation_kind kind, const char* site) {
    operation op;
    op.kind = kind;
    op.site = site;
    return op;
  }

  // Takes the monitor, leaves it as `held` and returns. What the caller does next to the list, up
  // to its next event, happens at this place of the total order.
  void enter_monitor(std::uint64_t held, const char* site) {
    operation op = make(operation_kind::take, site);
    op.operand = held;
    calls::atomic_access(&monitor_, op);
  }

  // `stopped` is kept behind the monitor. An end without a cause counts as a timeout.
  template <class Lock>
  wait_end sleep(Lock& lock, bool timed, const char* site, const bool* stopped) {
    const int me = calls::current_thread();
    require_held(lock);
    if (me < 0) {
      if (timed) return wait_end::timeout;
      calls::fail(failure::deadlock, "before() or after() waits, and no other thread runs", this);
    }
    enter_monitor(0, site);
    if (stopped != nullptr && *stopped) return wait_end::stop;
    if (waiting_ != 0 && mutex_ != address_of(lock)) {
      calls::fail(failure::misuse, "threads wait on a condition variable with several mutexes",
                  this);
    }
    mutex_ = address_of(lock);
    list_[static_cast<std::size_t>(waiting_++)] = static_cast<std::int8_t>(me);
    std::uint64_t& notified = notified_[static_cast<std::size_t>(me)];

    lock.unlock();
    operation op = make(operation_kind::await_change, site);
    op.expected = notified;
    op.weak = true;
    op.timed = timed;
    calls::atomic_access(&signal(me), op);
    bool notice = true;
    if (op.gave_up) {
      enter_monitor(0, site);
      notice = !leave_list(me);
    }
    if (notice) ++notified;
    lock.lock();
    return op.gave_up ? wait_end::timeout : wait_end::notification;
  }

  // False when the thread has been taken off the list.
  bool leave_list(int thread) {
    const auto end = list_.begin() + waiting_;
    const auto found = std::find(list_.begin(), end, static_cast<std::int8_t>(thread));
    if (found == end) return false;
    take_off(static_cast<int>(found - list_.begin()));
    return true;
  }
  int take_off(int index) {
    const auto at = list_.begin() + index;
    const int thread = *at;
    std::copy(at + 1, list_.begin() + waiting_, at);
    --waiting_;
    return thread;
  }

  void notify(int count, const char* site, bool* stopped = nullptr) {
    enter_monitor(1, site);
    if (stopped != nullptr) *stopped = true;
    for (; count > 0 && waiting_ > 0; --count) {
      const int woken = take_off(count < waiting_ ? calls::choose(waiting_) : 0);
      operation op = make(operation_kind::store, site);
      op.operand = ++sent_[static_cast<std::size_t>(woken)];
      calls::atomic_access(&signal(woken), op);
    }
    operation op = make(operation_kind::store, site);
    calls::atomic_access(&monitor_, op);
  }

  template <class Lock>
  void require_held(const Lock& lock) const {
    bool held = true;
    if constexpr (requires { lock.is_held(); }) held = lock.is_held();
    else if constexpr (requires { lock.owns_lock(); }) held = lock.owns_lock();
    if (!held) {
      calls::fail(failure::misuse, "wait on a condition variable without the mutex", this);
    }
  }
  template <class Lock>
  static const void* address_of(const Lock& lock) {
    if constexpr (requires { lock.mutex(); }) return lock.mutex();
    else return &lock;
  }

  // Values live in the graph; the words are addresses.
  std::uint64_t monitor_;
  std::array<std::uint64_t, max_threads> signals_;

  int threads_;
  // Behind the monitor. Not watched: replay follows its order.
  int waiting_ = 0;
  std::array<std::int8_t, max_threads> list_{};
  std::array<std::uint64_t, max_threads> sent_{};  ///< notifications, by thread
  const void* mutex_ = nullptr;
  // Each thread's own: notifications that it has had.
  std::array<std::uint64_t, max_threads> notified_{};
};

}  // namespace wyn::model
