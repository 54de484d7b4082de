// Goal:   A thread that begins another member hands on what it knows of the first.
// Method: Of three members one thread runs two, one after the other; the third was stolen.
// Bound:  3 members, 2 threads.
#pragma once

#include "models/coro/members.h"

namespace wyn::coro_models {

template <class Env, class Orders>
struct passed_on {
  static constexpr int threads = 2;

  void thread(int id) {
    if (id == 0) {
      group.run_and_pass_on(0);
      group.run(1);
    } else {
      group.run(2);
    }
  }
  void after() { group.check_resumed(); }

  members<Env, Orders, 3> group;
};

}  // namespace wyn::coro_models
