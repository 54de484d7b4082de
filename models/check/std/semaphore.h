// std::counting_semaphore and std::latch under the explorer, on atomic<T> and its wait().
//
// Encoding. acquire() looks at the count, sleeps while it is 0, and takes one by a
//          compare-exchange; so a thread that was overtaken has an execution of its own. What
//          synchronises is a release with the acquire that takes what it gave, and a count_down()
//          with the end of a wait.
// Misuse.  More than the maximum in a semaphore, and less than nothing in a latch, are failures.
//          A wait with a limit may end at any moment.
#pragma once

#include <cstddef>
#include <limits>

#include "models/check/std/atomic.h"
#include "models/check/std/fixed_word.h"
#include "models/check/std/mutex.h"

namespace wyn::check {

template <std::ptrdiff_t Most = std::numeric_limits<std::ptrdiff_t>::max()>
class counting_semaphore {
  using location = detail::place;

 public:
  static constexpr std::ptrdiff_t max() noexcept { return Most; }
  explicit counting_semaphore(std::ptrdiff_t desired) : count_(desired) {
    detail::require_use(desired >= 0 && desired <= Most, "a semaphore begins beyond its maximum",
                        this);
  }
  counting_semaphore(const counting_semaphore&) = delete;
  counting_semaphore& operator=(const counting_semaphore&) = delete;

  void release(std::ptrdiff_t update = 1, location at = location::current()) {
    const std::ptrdiff_t before = count_.fetch_add(update, memory_order_release, at);
    detail::require_use(update >= 0 && before <= Most - update,
                        "a semaphore is released beyond its maximum", this);
    count_.notify_all();
  }
  void acquire(location at = location::current()) {
    while (!try_acquire(at)) count_.wait(0, memory_order_relaxed, at);
  }
  /// False only when it was 0.
  bool try_acquire(location at = location::current()) noexcept {
    std::ptrdiff_t n = count_.load(memory_order_relaxed, at);
    while (n > 0) {
      if (count_.compare_exchange_strong(n, n - 1, memory_order_acquire, memory_order_relaxed,
                                         at)) {
        return true;
      }
    }
    return false;
  }
  template <class Duration>
  bool try_acquire_for(const Duration&, location at = location::current()) {
    if (detail::time_passes()) return false;
    acquire(at);
    return true;
  }
  template <class Time>
  bool try_acquire_until(const Time& limit, location at = location::current()) {
    return try_acquire_for(limit, at);
  }

 private:
  atomic<std::ptrdiff_t> count_;
};

using binary_semaphore = counting_semaphore<1>;

class latch {
  using location = detail::place;

 public:
  static constexpr std::ptrdiff_t max() noexcept {
    return std::numeric_limits<std::ptrdiff_t>::max();
  }
  explicit latch(std::ptrdiff_t expected) : left_(expected) {}
  latch(const latch&) = delete;
  latch& operator=(const latch&) = delete;

  void count_down(std::ptrdiff_t n = 1, location at = location::current()) {
    const std::ptrdiff_t before = left_.fetch_sub(n, memory_order_release, at);
    detail::require_use(n >= 0 && before >= n, "a latch is counted down below nothing", this);
    if (before == n) left_.notify_all();
  }
  bool try_wait(location at = location::current()) const noexcept {
    return left_.load(memory_order_acquire, at) == 0;
  }
  void wait(location at = location::current()) const {
    for (;;) {
      const std::ptrdiff_t seen = left_.load(memory_order_acquire, at);
      if (seen == 0) return;
      left_.wait(seen, memory_order_relaxed, at);
    }
  }
  void arrive_and_wait(std::ptrdiff_t n = 1, location at = location::current()) {
    count_down(n, at);
    wait(at);
  }

 private:
  atomic<std::ptrdiff_t> left_;
};

}  // namespace wyn::check
