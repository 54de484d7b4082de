// Goal:   A waiter's wish to be told of idleness is not lost when it is granted early: somebody
//         finds the runtime idle while the waiter is on its way to sleep, gives the wish up, and
//         spawns again.
// Method: Thread 0 completes a task outside of any loop, and spawns another one; thread 1 runs it
//         as a worker does, and then goes to sleep by way of announce(). Thread 2 waits.
// Bound:  3 threads, 2 tasks.
#pragma once

#include "models/runtime/idle_waiter.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Idle = shipped_idle>
struct idle_again {
  static constexpr int threads = 3;

  void before() { all.count(2).note_spawned(); }
  void thread(int id) {
    const auto idle = [&] { return all_complete(all); };
    const auto wake_all = [&] { events.notify_all(); };
    if (id == 0) {
      all.count(0).note_completed();
      Idle::task_ended(watch, idle, wake_all);
      all.count(0).note_spawned();
      second.put();
    } else if (id == 1) {
      while (!second.take()) Env::pause();
      all.count(1).note_completed();
      Idle::task_ended(watch, idle, wake_all);
    } else {
      wait_idle<Idle>(watch, events, all);
    }
  }

  counted_threads<Env, Orders, threads> all;
  event_count<Env, Orders> events;
  idle_watch<Env, Orders> watch;
  handed_task<Env> second;
};

}  // namespace wyn::runtime_models
