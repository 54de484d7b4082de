// A producer and a sleeper miss each other: Dekker's protocol with an order missing.
//
// The producer publishes and looks for sleepers; the sleeper announces itself and looks for work.
// Both must have a seq_cst fence between the two steps, or all four accesses must be seq_cst;
// nothing in between does.
//
// no_fence_on_either_side: release and acquire, in good faith (enkiTS #91, ClickHouse silk PR#76,
//   affinitypool PR#22, hvisor #266, zio PR#610; libc++ #109290 in atomic::wait, whose relaxed
//   count of waiters trusted futex(2) to be a barrier). Repaired: fences.
// acq_rel_notify: the producer's read-modify-write, acq_rel, was taken for a fence (oneTBB PR#2136:
//   hangs on Graviton 3). On x86 it is one. Repaired: a fence.
// seq_cst_load_alone: the producer looks for sleepers by a seq_cst load, after a push that is not
//   seq_cst (tokio PR#1788). Repaired: it looks by a read-modify-write, so that either side finds
//   the other's.
// acq_rel_latch: read-modify-writes on both sides, acq_rel (rayon PR#1297). Again x86 hides it.
//   Repaired: seq_cst, the loads too.
#pragma once

#include <cstdint>

#include "core/base/named.h"
#include "core/park/event_count.h"

namespace wyn::historical {

/// As the event count has them, with the rows of the work itself: repaired.
struct fenced_orders : event_count_symmetric_orders {
  /// How the producer publishes: by a store, or by a read-modify-write.
  static constexpr bool publish_by_exchange = false;
  /// How it looks for sleepers: by a load, or by a read-modify-write.
  static constexpr bool look_by_rmw = false;
  static constexpr site<"MS1 publish", order::release> publish{};
  static constexpr site<"MS2 sleeper.look", order::acquire> look{};
};

struct unfenced_orders : fenced_orders {
  static constexpr site<"EC2s prepare.fence", order::none> prepare_fence{};
  static constexpr site<"EC5s notify.fence", order::none> notify_fence{};
};

struct acq_rel_notify_orders : fenced_orders {
  static constexpr bool publish_by_exchange = true;
  static constexpr site<"MS1 publish", order::acq_rel> publish{};
  static constexpr site<"EC5s notify.fence", order::none> notify_fence{};
};

struct seq_cst_load_orders : unfenced_orders {
  static constexpr site<"EC1 prepare.fetch_add", order::seq_cst> prepare_add_waiter{};
  static constexpr site<"EC6 notify.load_waiters", order::seq_cst> notify_load_waiters{};
};
struct look_by_rmw_orders : seq_cst_load_orders {
  static constexpr bool look_by_rmw = true;
};

struct acq_rel_latch_orders : unfenced_orders {
  static constexpr bool publish_by_exchange = true;
  static constexpr site<"MS1 publish", order::acq_rel> publish{};
  static constexpr site<"EC1 prepare.fetch_add", order::acq_rel> prepare_add_waiter{};
  static constexpr site<"EC6 notify.load_waiters", order::acquire> notify_load_waiters{};
};
struct seq_cst_latch_orders : acq_rel_latch_orders {
  static constexpr site<"MS1 publish", order::seq_cst> publish{};
  static constexpr site<"MS2 sleeper.look", order::seq_cst> look{};
  static constexpr site<"EC1 prepare.fetch_add", order::seq_cst> prepare_add_waiter{};
  static constexpr site<"EC6 notify.load_waiters", order::seq_cst> notify_load_waiters{};
};

// Goal:   A producer and a sleeper do not miss each other.
// Method: One publication against one announcement. A sleeper that was missed sleeps for ever.
// Bound:  2 threads, 1 publication.
template <class Env, class Orders>
struct producer_and_sleeper {
  static constexpr int threads = 2;

  producer_and_sleeper() { name_object<Env>(work, "work"); }

  void before() {}
  void thread(int id) {
    if (id == 0) {
      produce();
      return;
    }
    while (work.load(Orders::look) == 0) {
      const auto ticket = events.prepare_wait();
      if (work.load(Orders::look) != 0) {
        events.cancel_wait();
      } else {
        events.commit_wait(ticket);
      }
    }
  }

  void after() { Env::check(events.waiters() == 0, "nobody is left announced"); }

  void produce() {
    if (Orders::publish_by_exchange) {
      work.exchange(1, Orders::publish);
    } else {
      work.store(1, Orders::publish);
    }
    Env::fence(Orders::notify_fence);
    const std::uint32_t sleepers = Orders::look_by_rmw ? events.settled_waiters()
                                                       : events.waiters();
    if (sleepers != 0) events.notify_one_slow();
  }

  typename Env::template atomic<int> work{0};
  event_count<Env, Orders> events;
};

template <class Env>
struct no_fence_on_either_side {
  using bug = producer_and_sleeper<Env, unfenced_orders>;
  using repaired = producer_and_sleeper<Env, fenced_orders>;
};

template <class Env>
struct acq_rel_notify {
  using bug = producer_and_sleeper<Env, acq_rel_notify_orders>;
  using repaired = producer_and_sleeper<Env, fenced_orders>;
};

template <class Env>
struct seq_cst_load_alone {
  using bug = producer_and_sleeper<Env, seq_cst_load_orders>;
  using repaired = producer_and_sleeper<Env, look_by_rmw_orders>;
};

template <class Env>
struct acq_rel_latch {
  using bug = producer_and_sleeper<Env, acq_rel_latch_orders>;
  using repaired = producer_and_sleeper<Env, seq_cst_latch_orders>;
};

}  // namespace wyn::historical
