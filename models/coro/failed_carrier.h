// Goal:   A member that fails arrives for those that it carried before it arrives itself; no member
//         is counted twice, none is lost.
// Method: Of three members one thread runs two, and the second of them fails; the third was stolen.
// Bound:  3 members, 2 threads.
#pragma once

#include "models/coro/members.h"

namespace wyn::coro_models {

template <class Env, class Orders>
struct failed_carrier {
  static constexpr int threads = 2;

  void thread(int id) {
    if (id == 0) {
      group.run(0);
      group.run_and_arrive_before(1, 1);
    } else {
      group.run_and_arrive(2, 1);
    }
  }
  void after() { group.check_resumed(); }

  members<Env, Orders, 3> group;
};

}  // namespace wyn::coro_models
