// A mutex of the explorer: what std::mutex is to a model that locks.
//
// Encoding. The mutex is one atomic word, 0 when free. lock() is one event, a read-modify-write
//          from 0 to 1 that acquires; where it would find anything else its thread sleeps, and no
//          failed attempt is left in a complete execution (operation_kind::take). unlock() is a
//          release store of 0. So one pair of lock() and unlock() costs two events, and n threads
//          that each lock once have n! executions: the orders in which they can have the mutex.
//          try_lock() is one event too, and may fail by reading a value that is out of date: the
//          standard lets it fail without a cause, and such a failure tells its caller as little.
// Misuse.  A lock by the holder, an unlock by another thread and a destruction while the mutex is
//          held are failures at once. Threads that wait for each other are a deadlock, with who
//          waits for whom (run/liveness.h).
// Rejected: a spin lock in the model's own code: it has as many executions, but a report cannot say
//          who holds what, and a deadlock looks like a livelock.
#pragma once

#include <cstdint>

#include "models/checker/calls.h"

namespace wyn::model {

class mutex {
 public:
  mutex() noexcept { calls::construct_atomic(&word_, 0); }
  /// A failure while someone holds it.
  ~mutex() {
    if (holder_ != nobody) calls::fail(failure::misuse, "a mutex is destroyed while held", this);
    calls::destroy(&word_);
  }
  mutex(const mutex&) = delete;
  mutex& operator=(const mutex&) = delete;

  /// Waits until the mutex is free and takes it. A failure when the caller holds it. `site` names
  /// the access in reports and overrides.
  void lock(const char* site = "mutex.lock") noexcept {
    if (holder_ == caller()) {
      calls::fail(failure::deadlock, "a mutex is locked by the thread that holds it", this);
    }
    take(false, site);
  }

  /// Takes the mutex if it is free. A failure when the caller holds it: the standard leaves that
  /// undefined.
  bool try_lock(const char* site = "mutex.try_lock") noexcept {
    if (holder_ == caller()) {
      calls::fail(failure::misuse, "try_lock() of a mutex by the thread that holds it", this);
    }
    return take(true, site);
  }

  /// A failure when the caller does not hold it.
  void unlock(const char* site = "mutex.unlock") noexcept {
    if (holder_ != caller()) {
      calls::fail(failure::misuse, "a mutex is unlocked by a thread that does not hold it", this);
    }
    holder_ = nobody;
    operation op;
    op.kind = operation_kind::store;
    op.success = op.failure = order::release;
    op.fixed = true;
    op.site = site;
    calls::atomic_access(&word_, op);
  }

  /// Whether the caller holds it.
  bool is_held() const noexcept { return holder_ == caller(); }

 private:
  // What zeroed memory holds, so that a mutex that was never constructed is reported as such.
  static constexpr int nobody = 0;
  static int caller() noexcept { return calls::current_thread() + 2; }

  bool take(bool tries, const char* site) noexcept {
    operation op;
    op.kind = operation_kind::take;
    op.success = order::acquire;
    op.failure = order::relaxed;
    op.fixed = true;
    op.operand = 1;
    op.tries = tries;
    op.site = site;
    if (calls::atomic_access(&word_, op) != 0) return false;
    holder_ = caller();
    return true;
  }

  // The value lives in the graph; the word is an address.
  std::uint64_t word_;
  // Not watched: it equals a thread exactly while that thread holds the mutex, since executions are
  // replayed in an order in which an unlock comes before the lock that reads from it.
  int holder_ = nobody;
};

}  // namespace wyn::model
