// Goal:   The same with a member that is neither the first nor the last to arrive.
// Method: Each member ends on a thread of its own.
// Bound:  3 members.
#pragma once

#include "models/coro/members.h"

namespace wyn::coro_models {

template <class Env, class Orders>
struct three_members {
  static constexpr int threads = 3;

  void thread(int id) {
    group.run_and_arrive(id, 1);
  }
  void after() { group.check_resumed(); }

  members<Env, Orders, 3> group;
};

}  // namespace wyn::coro_models
