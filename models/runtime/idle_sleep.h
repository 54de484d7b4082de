// Goal:   Who sleeps until the runtime is idle is woken by whoever completes the last task, though
//         none of those who complete one knows that it was the last.
// Method: Two threads complete a task each, outside of any loop (task_ended); a third waits as
//         scheduler::help_until_idle does.
// Bound:  3 threads, 2 tasks.
#pragma once

#include "models/runtime/idle_waiter.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Idle = shipped_idle>
struct idle_sleep {
  static constexpr int threads = 3;

  void before() {
    all.count(2).note_spawned();
    all.count(2).note_spawned();
  }
  void thread(int id) {
    if (id < 2) {
      done[id].happen();
      all.count(id).note_completed();
      Idle::task_ended(
          watch, [&] { return all_complete(all); }, [&] { events.notify_all(); });
    } else {
      wait_idle<Idle>(watch, events, all);
      Env::check(done[0].happened() && done[1].happened(), "both tasks are complete");
    }
  }

  counted_threads<Env, Orders, threads> all;
  event_count<Env, Orders> events;
  idle_watch<Env, Orders> watch;
  effect<Env> done[2];
};

}  // namespace wyn::runtime_models
