// Goal:   A worker leaves when the runtime stops, asleep or not.
// Method: The foreign thread stops a runtime without tasks, as scheduler::shutdown ends.
// Bound:  1 worker and the foreign thread.
#pragma once

#include <cstdint>

#include "models/runtime/mini_runtime.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Parts = shipped_parts>
struct mini_stop {
  static constexpr int threads = 2;
  static constexpr int worker = 0;

  void thread(int id) {
    if (id == worker) {
      rt.work(worker, [](std::uint64_t, int) { Env::check(false, "nothing was spawned"); });
    } else {
      rt.stop();
    }
  }
  void after() { rt.check_at_rest(); }

  mini_runtime<Env, Orders, Parts, 1> rt;
};

}  // namespace wyn::runtime_models
