// Goal:   While a call runs, two more threads ask: one call serves both.
// Method: The first asks for a fence and no more; store buffering of the two others, each against
//         the thread with a light fence.
// Bound:  3 askers.
#pragma once

#include "models/fence/askers.h"

namespace wyn::fence_models {

template <class Env, class Orders, class Kind = shipped<patient>>
struct three_askers {
  static constexpr int threads = 4;

  void thread(int id) {
    if (id < 2) {
      all.ask(id);
    } else if (id == 2) {
      all.group().fence();
    } else {
      all.pass_lightly();
    }
  }
  void after() {
    all.check_all();
    Env::outcome("calls", static_cast<std::int64_t>(all.group().calls()));
  }

  askers<Env, Orders, 2, typename Kind::template group<Env, Orders>> all;
};

}  // namespace wyn::fence_models
