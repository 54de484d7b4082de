// Goal:   A thread that runs both members of a pair resumes the parent, and writes nothing to the
//         counter.
// Method: One thread runs both.
// Bound:  2 members, 1 thread.
#pragma once

#include "models/coro/members.h"

namespace wyn::coro_models {

template <class Env, class Orders>
struct alone {
  static constexpr int threads = 1;

  void thread(int id) {
    group.run(id);
    group.run_and_arrive(id + 1, 2);
  }
  void after() { group.check_resumed(); }

  members<Env, Orders, 2> group;
};

}  // namespace wyn::coro_models
