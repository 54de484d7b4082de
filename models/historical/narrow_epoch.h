// An event count whose epoch has few bits.
//
// epoch_wraps: notifiers in the style of Eigen pack the epoch beside other counts into one word
//   (Taskflow PR#560 repairs what happens when such a count wraps). As many notifications as the
//   epoch has values, between a waiter's prepare and its commit, leave the epoch as it was: the
//   waiter sleeps although it was notified. This is the kind of mistake, not that code; the epoch
//   has one bit here, and two notifications do. Repaired: enough bits; 32, which these models never
//   wrap (core/park/event_count.h says what 32 bits are worth).
#pragma once

#include <cstdint>

#include "core/base/named.h"
#include "core/base/site.h"
#include "models/park/work.h"

namespace wyn::historical {

struct narrow_epoch_orders {
  static constexpr site<"NE1 prepare.fetch_add", order::relaxed> prepare{};
  static constexpr site<"NE2 prepare.fence", order::seq_cst> prepare_fence{};
  static constexpr site<"NE3 leave.fetch_add", order::acquire> leave{};
  static constexpr site<"NE4 notify.fence", order::seq_cst> notify_fence{};
  static constexpr site<"NE5 notify.load", order::relaxed> notify_load{};
  static constexpr site<"NE6 notify.fetch_add", order::release> notify{};
};

/// As core/park/event_count.h, with an epoch of `Bits` bits at the top of the word.
template <class Env, class Orders, int Bits>
class narrow_event_count {
 public:
  narrow_event_count() { name_object<Env>(word_, "event count"); }

  std::uint32_t prepare_wait() {
    const std::uint64_t before = word_.fetch_add(1, Orders::prepare);
    Env::fence(Orders::prepare_fence);
    return static_cast<std::uint32_t>(before >> 32);
  }
  void cancel_wait() { word_.fetch_add(std::uint64_t{0} - 1, Orders::leave); }
  void commit_wait(std::uint32_t ticket) {
    Env::wait_upper(word_, ticket);
    cancel_wait();
  }
  void notify() {
    Env::fence(Orders::notify_fence);
    if (static_cast<std::uint32_t>(word_.load(Orders::notify_load)) == 0) return;
    word_.fetch_add(std::uint64_t{1} << (64 - Bits), Orders::notify);
    Env::wake_upper(word_, 1);
  }

 private:
  typename Env::template atomic<std::uint64_t> word_{0};
};

// Goal:   A waiter that was notified between prepare and commit does not sleep.
// Method: Two items, each with its notification; the waiter wants the first.
// Bound:  2 threads, 2 notifications.
template <class Env, int Bits>
struct two_notifications {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      for (auto& one : items) {
        one.put();
        events.notify();
      }
      return;
    }
    while (!items[0].take()) {
      const std::uint32_t ticket = events.prepare_wait();
      if (items[0].queued_here()) {
        events.cancel_wait();
      } else {
        events.commit_wait(ticket);
      }
    }
  }

  void after() { Env::check(items[0].was_taken(), "the item was taken"); }

  park_models::item<Env> items[2];
  narrow_event_count<Env, narrow_epoch_orders, Bits> events;
};

template <class Env>
struct epoch_wraps {
  using bug = two_notifications<Env, 1>;
  using repaired = two_notifications<Env, 32>;
};

}  // namespace wyn::historical
