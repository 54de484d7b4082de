// Goal:   The same on two threads at once.
// Method: Of four members each of two threads runs two.
// Bound:  4 members, 2 threads.
#pragma once

#include "models/coro/members.h"

namespace wyn::coro_models {

template <class Env, class Orders>
struct carried_twice {
  static constexpr int threads = 2;

  void thread(int id) {
    group.run(2 * id);
    group.run_and_arrive(2 * id + 1, 2);
  }
  void after() { group.check_resumed(); }

  members<Env, Orders, 4> group;
};

}  // namespace wyn::coro_models
