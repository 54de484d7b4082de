// What the models of waiting for idleness share: the waiter's way to sleep.
#pragma once

#include "core/park/event_count.h"
#include "core/runtime/idle_watch.h"
#include "models/runtime/counted_work.h"

namespace wyn::runtime_models {

/// Which steps a model runs: the shipped ones, or broken ones that the model must see through.
struct shipped_idle {
  template <class Watch, class Idle, class WakeAll>
  static void task_ended(Watch& watch, const Idle& idle, const WakeAll& wake_all) {
    watch.task_ended(idle, wake_all);
  }
  /// Whether the waiter, announced at the event count, may sleep.
  template <class Watch>
  static bool still_wanted(const Watch& watch) {
    return watch.wanted();
  }
  template <class Watch>
  static void want(Watch& watch) {
    watch.want();
  }
};

/// As scheduler::help_until_idle goes to sleep (work_cycle.h), without tasks to run meanwhile.
template <class Steps, class Watch, class Events, class List>
void wait_idle(Watch& watch, Events& events, const List& all) {
  const auto idle = [&] { return all_complete(all); };
  while (!idle()) {
    Steps::want(watch);
    const auto ticket = events.prepare_wait();
    watch.announce(idle, [&] { events.notify_all(); });
    if (idle() || !Steps::still_wanted(watch)) {
      events.cancel_wait();
    } else {
      events.commit_wait(ticket);
    }
  }
}

}  // namespace wyn::runtime_models
