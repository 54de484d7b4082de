// Goal:   A thread that stops in the middle of its call holds up nobody, and what its call was to
//         serve is served by whoever ends it.
// Method: A thread begins a call and ends none; two others ask, without patience, each with store
//         buffering against a thread with a light fence.
// Bound:  1 stopped thread, 2 askers.
#pragma once

#include "models/fence/askers.h"

namespace wyn::fence_models {

template <class Env, class Orders, class Kind = shipped<impatient>>
struct stopped_caller {
  static constexpr int threads = 4;

  void thread(int id) {
    if (id < 2) {
      all.ask(id);
    } else if (id == 2) {
      all.group().begin_and_stop();
    } else {
      all.pass_lightly();
    }
  }
  void after() { all.check_all(); }

  askers<Env, Orders, 2, typename Kind::template group<Env, Orders>> all;
};

}  // namespace wyn::fence_models
