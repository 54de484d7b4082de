// Goal:   A thread that runs both members of a pair resumes the parent, without a
//         read-modify-write.
// Method: One thread runs both.
// Bound:  2 members, 1 thread.
#pragma once

#include "models/coro/members.h"

namespace wyn::coro_models {

template <class Env, class Orders>
struct alone {
  static constexpr int threads = 1;

  void thread(int id) {
    group.run_and_pass_on(id);
    group.run(id + 1);
  }
  void after() { group.check_resumed(); }

  members<Env, Orders, 2> group;
};

}  // namespace wyn::coro_models
