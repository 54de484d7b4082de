// Goal:   A member that finds its group cancelled sees what the one that cancelled it had found.
// Method: One thread finds something and cancels; the other one reads it if it is told to stop.
// Bound:  2 threads.
#pragma once

#include "core/runtime/group_state.h"

namespace wyn::runtime_models {

template <class Env, class Orders>
struct group_cancel {
  static constexpr int threads = 2;

  void thread(int id) {
    if (id == 0) {
      found.write(42);
      stop.request();
    } else if (stop.requested()) {
      Env::check(found.read() == 42, "what was found before cancel() is visible");
    }
  }
  void after() {
    Env::check(stop.requested(), "the request stays");
    stop.clear();
    Env::check(!stop.requested(), "until it is cleared");
  }

  stop_flag<Env, Orders> stop;
  typename Env::template plain<int> found{0};
};

}  // namespace wyn::runtime_models
