// Goal:   Who waits until the runtime is idle wakes up when a worker has completed the last task,
//         and sees what it did, whether the waiter was asleep, about to, or has run the task
//         itself.
// Method: A worker has a task in its deque, runs it or has it stolen, announces idleness on its
//         way to sleep, and sleeps for good. The foreign thread waits.
// Bound:  1 worker and the foreign thread, which helps; 1 task.
#pragma once

#include "models/runtime/mini_runtime.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Parts = shipped_parts>
struct mini_wait {
  static constexpr int threads = 2;
  static constexpr int worker = 0;

  void before() { rt.spawn(worker, 1, true); }
  void thread(int id) {
    const auto run = [this](std::uint64_t t, int) { ledger.run(t); };
    if (id == worker) {
      rt.template work_until<1>(worker, run, [] { return false; });
    } else {
      rt.wait_idle(run);
      ledger.check();
    }
  }
  void after() { rt.check_at_rest(); }

  mini_runtime<Env, Orders, Parts, 1> rt;
  task_ledger<Env, 1> ledger;
};

}  // namespace wyn::runtime_models
