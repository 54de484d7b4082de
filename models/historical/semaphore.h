// A semaphore whose sleepers wait in an event count.
//
// notified_at_zero_only: release() wakes one thread, and only if the count was 0 (libc++ #46357,
//   std::counting_semaphore; repaired with #77659). Two threads sleep, two releases follow each
//   other: the second finds a count of 1, which the first thread has not taken yet, and wakes
//   nobody. One thread sleeps beside a count of 1. Repaired: each release wakes one.
#pragma once

#include <cstdint>

#include "core/base/named.h"
#include "core/base/site.h"
#include "core/park/event_count.h"

namespace wyn::historical {

/// Counts from 0. `AtZeroOnly`: with the mistake.
template <class Env, bool AtZeroOnly>
class semaphore {
 public:
  semaphore() { name_object<Env>(count_, "count"); }

  void release() {
    const int before = count_.fetch_add(1, site<"SM1 release.fetch_add", order::release>{});
    if (!AtZeroOnly || before == 0) events_.notify_one();
  }
  void acquire() {
    while (!try_acquire()) {
      const auto ticket = events_.prepare_wait();
      if (count_.load(look) != 0) {
        events_.cancel_wait();
      } else {
        events_.commit_wait(ticket);
      }
    }
  }

 private:
  static constexpr site<"SM2 acquire.load", order::relaxed> look{};

  bool try_acquire() {
    int seen = count_.load(look);
    while (seen > 0) {
      if (count_.compare_exchange(seen, seen - 1,
                                  site<"SM3 acquire.cas", order::acquire, order::relaxed>{})) {
        return true;
      }
    }
    return false;
  }

  typename Env::template atomic<int> count_{0};
  event_count<Env, event_count_symmetric_orders> events_;
};

// Goal:   Each thread that acquires gets what was released for it.
// Method: Two threads acquire once each; the third releases twice.
// Bound:  3 threads, 2 releases.
template <class Env, bool AtZeroOnly>
struct two_releases {
  static constexpr int threads = 3;

  void thread(int id) {
    if (id == 0) {
      units.release();
      units.release();
    } else {
      units.acquire();
    }
  }

  semaphore<Env, AtZeroOnly> units;
};

template <class Env>
struct notified_at_zero_only {
  using bug = two_releases<Env, true>;
  using repaired = two_releases<Env, false>;
};

}  // namespace wyn::historical
