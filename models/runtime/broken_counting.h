// Counting, waiting and shutting down with one step left out or changed: what the models must see
// through.
#pragma once

#include <chrono>
#include <cstdint>

#include "models/runtime/idle_waiter.h"
#include "models/runtime/shutdown_race.h"

namespace wyn::runtime_models {

/// The waiter sums up the spawned tasks first.
struct sums_spawned_first : shipped_counting {
  template <class List>
  static bool idle(const List& list) {
    std::uint64_t spawned = 0;
    for (std::uint32_t i = 0; i < list.size(); ++i) spawned += list.at(i)->count().spawned();
    std::uint64_t completed = 0;
    for (std::uint32_t i = 0; i < list.size(); ++i) completed += list.at(i)->count().completed();
    return completed == spawned;
  }
};

/// A task counts as completed before its effects.
struct completes_before_effects : shipped_counting {
  template <class Effects, class Count>
  static void complete(const Effects& effects, Count& count) {
    count.note_completed();
    effects();
  }
};

/// A task counts as spawned when it is published already.
struct publishes_before_it_counts : shipped_counting {
  template <class Count, class Publish>
  static void spawn(Count& count, const Publish& publish) {
    publish();
    count.note_spawned();
  }
};

/// The waiter, announced, does not look whether its wish still stands.
struct trusts_its_wish : shipped_idle {
  template <class Watch>
  static bool still_wanted(const Watch&) {
    return true;
  }
};

/// The waiter sleeps without a wish.
struct wishes_nothing : shipped_idle {
  template <class Watch>
  static void want(Watch&) {}
  template <class Watch>
  static bool still_wanted(const Watch&) {
    return true;
  }
};

/// Looks for waiters as soon as the task is counted, and trusts the first look at the counts: no
/// heavy fence.
struct finishes_without_second_look : shipped_idle {
  template <class Watch, class Idle, class WakeAll>
  static void task_ended(Watch& watch, const Idle& idle, const WakeAll& wake_all) {
    watch.announce(idle, wake_all);
  }
};

/// A spawn looks at the gate first and counts itself then.
struct looks_before_it_counts : shipped_gate {
  template <class Gate, class Count>
  static bool count_spawned(Gate& gate, Count& count) {
    Count scratch;
    const bool open = gate.count_spawned(scratch);
    count.note_spawned();
    return open;
  }
};

/// Shutdown looks at the counts without a fence after it has closed the gates.
struct closes_without_fence : shipped_gate {
  template <class Gate>
  static void close(Gate& gate) {
    gate.close();
  }
};

/// The thread's sign is set by a store, which may undo what shutdown has added.
template <class Env, class Orders>
struct stores_its_sign : spawn_gate<Env, Orders> {
  void queue_in_ring(bool on) {
    this->signs_.store(on ? gate_sign::ring : 0, site<"set sign", order::relaxed>{});
  }
};

/// Shutdown sums up and leaves the gate open.
struct leaves_the_gate_open : shipped_gate {
  template <class Gate>
  static void close(Gate&) {}
};

/// The turn is written down by whoever has found it due.
struct stores_its_turn {
  template <class Env, class Orders>
  class turn {
   public:
    bool due(std::chrono::steady_clock::time_point now, std::chrono::nanoseconds period) {
      const std::int64_t ticks = now.time_since_epoch().count();
      if (ticks - last_.load(Orders::turn_load) < period.count()) return false;
      last_.store(ticks, Orders::turn_cas);
      return true;
    }

   private:
    typename Env::template atomic<std::int64_t> last_{0};
  };
};

}  // namespace wyn::runtime_models
