// Goal:   The last of two members resumes the parent, once, and sees the other's result.
// Method: Each member ends on a thread of its own.
// Bound:  2 members.
#pragma once

#include "models/coro/members.h"

namespace wyn::coro_models {

template <class Env, class Orders>
struct two_members {
  static constexpr int threads = 2;

  void thread(int id) {
    group.run_and_arrive(id, 1);
  }
  void after() { group.check_resumed(); }

  members<Env, Orders, 2> group;
};

}  // namespace wyn::coro_models
