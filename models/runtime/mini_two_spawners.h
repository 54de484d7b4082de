// Goal:   Two workers and main: what main spawns into its ring and what a busy worker spawns into
//         its deque both reach the other worker, asleep or not, whichever comes first.
// Method: Worker 0 is inside a task that spawns one and does not end; the foreign thread spawns
//         one. Worker 1 leaves when it has run both. `BeginsAsleep`: both find it announced, and
//         asleep or about to block; what it does between the two tasks and after is as before.
// Bound:  2 workers and the foreign thread, 2 tasks.
#pragma once

#include "models/runtime/mini_runtime.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Parts = hurried<>, bool BeginsAsleep = false>
struct mini_two_spawners {
  static constexpr int threads = 3;
  static constexpr int workers = 2;

  void before() {
    if (BeginsAsleep) rt.begin_asleep(1);
  }
  void thread(int id) {
    if (id == 1) {
      rt.work_until(
          1, [this](std::uint64_t t, int) { ledger.run(t); },
          [this] { return ledger.complete(); });
    } else {
      rt.spawn(id, id == 0 ? 1 : 2, id == 0);
    }
  }
  void after() {
    ledger.check();
    rt.check_at_rest();
  }

  mini_runtime<Env, Orders, Parts, workers> rt;
  task_ledger<Env, 2> ledger;
};

template <class Env, class Orders, class Parts = hurried<>>
using mini_two_spawners_asleep = mini_two_spawners<Env, Orders, Parts, true>;

}  // namespace wyn::runtime_models
