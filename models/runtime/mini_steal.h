// Goal:   What a task spawns stays stealable while the task goes on for ever: another worker gets
//         it out of the busy one's deque, asleep or not when it is spawned.
// Method: Worker 0 is inside a task that spawns `Tasks` tasks and does not end. Worker 1 leaves
//         when it has run them all.
// Bound:  2 workers; 2 tasks and 2 steals, or as said.
#pragma once

#include "models/runtime/mini_runtime.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Parts = shipped_parts, int Tasks = 2>
struct mini_steal {
  static constexpr int threads = 2;

  void thread(int id) {
    if (id == 0) {
      for (std::uint64_t t = 1; t <= Tasks; ++t) rt.spawn(0, t, true);
    } else {
      rt.work_until(
          1, [this](std::uint64_t t, int) { ledger.run(t); },
          [this] { return ledger.complete(); });
    }
  }
  void after() {
    ledger.check();
    rt.check_at_rest();
  }

  mini_runtime<Env, Orders, Parts, 2> rt;
  task_ledger<Env, Tasks> ledger;
};

}  // namespace wyn::runtime_models
