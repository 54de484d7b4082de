// Goal:   Two workers and main: a task that another spawned is stolen, run once and waited for,
//         though the thread that spawned it is gone; the waiter wakes up after the last of both.
// Method: Worker 0 is inside a task, spawns another one and ends its thread, which counts the task
//         as complete. Worker 1 finds nothing in its own deque, announces idleness if it sees it,
//         and sleeps for good. The foreign thread waits, and helps: it is the one that steals.
// Bound:  2 workers and the foreign thread; 2 tasks.
#pragma once

#include "models/runtime/mini_runtime.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Parts = hurried<>>
struct mini_thread_end {
  static constexpr int threads = 3;
  static constexpr int workers = 2;

  void before() { rt.begin_inside_task(rt.foreign); }
  void thread(int id) {
    const auto run = [this](std::uint64_t t, int) { ledger.run(t); };
    if (id == 0) {
      rt.spawn(0, 2, true);
      ledger.run(1);
      rt.end_thread_in_task(0);
    } else if (id == 1) {
      rt.template work_until<1>(1, run, [] { return false; });
    } else {
      rt.wait_idle(run);
      ledger.check();
    }
  }
  void after() { rt.check_at_rest(); }

  mini_runtime<Env, Orders, Parts, workers> rt;
  task_ledger<Env, 2> ledger;
};

}  // namespace wyn::runtime_models
