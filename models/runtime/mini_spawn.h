// Goal:   Tasks that a foreign thread spawns reach a worker, whatever the worker is doing about its
//         sleep just then, and each of them once.
// Method: The foreign thread spawns `Tasks` tasks to its ring, one after the other; the worker
//         takes blocks of up to two, and leaves when it has run them all.
// Bound:  1 worker and the foreign thread; 2 tasks, or as said.
#pragma once

#include "models/runtime/mini_runtime.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Parts = shipped_parts, int Tasks = 2>
struct mini_spawn {
  static constexpr int threads = 2;
  static constexpr int worker = 0;

  void thread(int id) {
    if (id == worker) {
      rt.work_until(
          worker, [this](std::uint64_t t, int) { ledger.run(t); },
          [this] { return ledger.complete(); });
    } else {
      for (std::uint64_t t = 1; t <= Tasks; ++t) rt.spawn(rt.foreign, t, false);
    }
  }
  void after() {
    ledger.check();
    rt.check_at_rest();
  }

  mini_runtime<Env, Orders, Parts, 1> rt;
  task_ledger<Env, Tasks> ledger;
};

}  // namespace wyn::runtime_models
