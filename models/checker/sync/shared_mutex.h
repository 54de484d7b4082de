// A reader-writer lock of the explorer: what std::shared_mutex is to a model that locks.
//
// Encoding. One atomic word: the number of readers, or exclusive_bit. lock() is a read-modify-write
//          from 0 that sleeps on all else, lock_shared() an addition of 1 that sleeps while
//          exclusive_bit is set; both acquire. unlock() is a release store of 0, unlock_shared() a
//          release subtraction of 1. The readers' additions and subtractions are ordered one after
//          the other, so readers that overlap have more executions than a lock that did not count
//          them: two readers alone have 6. What synchronises is what the standard asks for and no
//          more, since a reader that enters releases nothing.
// Misuse.  As for mutex (sync/mutex.h); a thread that holds the lock in either mode and locks it
//          again waits for itself. Neither readers nor writers are preferred.
#pragma once

#include <cstdint>

#include "models/checker/calls.h"

namespace wyn::model {

class shared_mutex {
 public:
  shared_mutex() noexcept { calls::construct_atomic(&word_, 0); }
  /// A failure while someone holds it.
  ~shared_mutex() {
    if (writer_ != 0 || readers_ != 0) {
      calls::fail(failure::misuse, "a shared mutex is destroyed while held", this);
    }
    calls::destroy(&word_);
  }
  shared_mutex(const shared_mutex&) = delete;
  shared_mutex& operator=(const shared_mutex&) = delete;

  /// Waits until nobody holds it. A failure when the caller holds it in either mode.
  void lock(const char* site = "shared_mutex.lock") noexcept {
    refuse_holder(failure::deadlock, "a shared mutex is locked by a thread that holds it");
    take(false, site);
  }
  /// Takes it if nobody holds it.
  bool try_lock(const char* site = "shared_mutex.try_lock") noexcept {
    refuse_holder(failure::misuse, "try_lock() of a shared mutex by a thread that holds it");
    return take(true, site);
  }
  /// A failure when the caller does not hold it exclusively.
  void unlock(const char* site = "shared_mutex.unlock") noexcept {
    if (writer_ != caller()) {
      calls::fail(failure::misuse, "a shared mutex is unlocked by a thread that does not hold it",
                  this);
    }
    writer_ = 0;
    operation op = make(operation_kind::store, order::release, site);
    calls::atomic_access(&word_, op);
  }

  /// Waits until no one holds it exclusively. A failure when the caller holds it in either mode.
  void lock_shared(const char* site = "shared_mutex.lock_shared") noexcept {
    refuse_holder(failure::deadlock, "a shared mutex is locked by a thread that holds it");
    share(false, site);
  }
  /// Takes a share if no one holds it exclusively.
  bool try_lock_shared(const char* site = "shared_mutex.try_lock_shared") noexcept {
    refuse_holder(failure::misuse, "try_lock_shared() by a thread that holds the shared mutex");
    return share(true, site);
  }
  /// A failure when the caller has no share.
  void unlock_shared(const char* site = "shared_mutex.unlock_shared") noexcept {
    if ((readers_ & bit()) == 0) {
      calls::fail(failure::misuse,
                  "a share of a shared mutex is given back by a thread that has none", this);
    }
    readers_ &= ~bit();
    operation op = make(operation_kind::fetch_add, order::release, site);
    op.operand = ~std::uint64_t{0};
    calls::atomic_access(&word_, op);
  }

 private:
  static int caller() noexcept { return calls::current_thread() + 2; }
  static std::uint32_t bit() noexcept { return 1u << caller(); }

  static operation make(operation_kind kind, order o, const char* site) noexcept {
    operation op;
    op.kind = kind;
    op.success = o;
    op.failure = order::relaxed;
    op.fixed = true;
    op.site = site;
    return op;
  }
  void refuse_holder(failure kind, const char* what) const noexcept {
    if (writer_ == caller() || (readers_ & bit()) != 0) calls::fail(kind, what, this);
  }
  bool take(bool tries, const char* site) noexcept {
    operation op = make(operation_kind::take, order::acquire, site);
    op.operand = exclusive_bit;
    op.tries = tries;
    if (calls::atomic_access(&word_, op) != 0) return false;
    writer_ = caller();
    return true;
  }
  bool share(bool tries, const char* site) noexcept {
    operation op = make(operation_kind::take_share, order::acquire, site);
    op.operand = 1;
    op.tries = tries;
    if ((calls::atomic_access(&word_, op) & exclusive_bit) != 0) return false;
    readers_ |= bit();
    return true;
  }

  // The value lives in the graph; the word is an address.
  std::uint64_t word_;
  // Not watched; see mutex. Each thread has a bit of its own.
  int writer_ = 0;
  std::uint32_t readers_ = 0;
};

}  // namespace wyn::model
