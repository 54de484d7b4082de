// Goal:   A thread that has run several members arrives for all of them at once.
// Method: Of three members one thread runs two, one after the other; the third was stolen.
// Bound:  3 members, 2 threads.
#pragma once

#include "models/coro/members.h"

namespace wyn::coro_models {

template <class Env, class Orders>
struct carried {
  static constexpr int threads = 2;

  void thread(int id) {
    if (id == 0) {
      group.run(0);
      group.run_and_arrive(1, 2);
    } else {
      group.run_and_arrive(2, 1);
    }
  }
  void after() { group.check_resumed(); }

  members<Env, Orders, 3> group;
};

}  // namespace wyn::coro_models
