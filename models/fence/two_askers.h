// Goal:   Of two threads that ask, either may be served by the other's call; both have a heavy
//         fence.
// Method: Store buffering of each against a thread with a light fence.
// Bound:  2 askers, patient or not.
#pragma once

#include "models/fence/askers.h"

namespace wyn::fence_models {

template <class Env, class Orders, class Kind = shipped<patient>>
struct two_askers {
  static constexpr int threads = 3;

  void thread(int id) {
    if (id < 2) {
      all.ask(id);
    } else {
      all.pass_lightly();
    }
  }
  void after() {
    all.check_all();
    Env::check(all.group().at_rest(), "every call has ended, once");
    Env::outcome("calls", static_cast<std::int64_t>(all.group().calls()));
  }

  askers<Env, Orders, 2, typename Kind::template group<Env, Orders>> all;
};

}  // namespace wyn::fence_models
