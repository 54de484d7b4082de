// Goal:   A thread that asks alone makes a call, and has a heavy fence.
// Method: Store buffering against a thread with a light fence.
// Bound:  1 asker.
#pragma once

#include "models/fence/askers.h"

namespace wyn::fence_models {

template <class Env, class Orders, class Kind = shipped<patient>>
struct one_asker {
  static constexpr int threads = 2;

  void thread(int id) {
    if (id == 0) {
      all.ask(0);
    } else {
      all.pass_lightly();
    }
  }
  void after() {
    all.check_all();
    Env::check(all.group().calls() == 1, "who asks alone makes one call");
  }

  askers<Env, Orders, 1, typename Kind::template group<Env, Orders>> all;
};

}  // namespace wyn::fence_models
