// Goal:   Two workers and main: main spawns a task and waits until idle. The task runs once, in the
//         worker that the spawn wakes or in main, and main sleeps no longer than until that task
//         and another worker's are complete, whoever ends last, and sees what both did.
// Method: Worker 1 is asleep, or about to block; once it is awake it searches, runs what it finds,
//         announces idleness and sleeps for good. Worker 0 is inside a task and ends its thread,
//         which counts the task as complete. The foreign thread spawns into its ring, waits, and
//         helps.
// Bound:  2 workers and the foreign thread; 2 tasks, one of them spawned.
#pragma once

#include "models/runtime/mini_runtime.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Parts = hurried<>>
struct mini_main_spawns {
  static constexpr int threads = 3;
  static constexpr int workers = 2;

  void before() {
    rt.begin_inside_task(rt.foreign);
    rt.begin_asleep(1);
  }
  void thread(int id) {
    const auto run = [this](std::uint64_t t, int) { ledger.run(t); };
    if (id == 0) {
      ledger.run(1);
      rt.end_thread_in_task(0);
    } else if (id == 1) {
      rt.template work_until<2>(1, run, [] { return false; });
    } else {
      rt.spawn(rt.foreign, 2, false);
      rt.wait_idle(run);
      ledger.check();
    }
  }
  void after() { rt.check_at_rest(); }

  mini_runtime<Env, Orders, Parts, workers> rt;
  task_ledger<Env, 2> ledger;
};

}  // namespace wyn::runtime_models
