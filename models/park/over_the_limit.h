// Goal:   Threads that ask to search at the same moment may all be let in, and one of them is.
// Method: Two threads ask, where one may search; who is let in stays.
// Bound:  2 threads, a limit of 1.
#pragma once

#include "core/park/work_signal.h"

namespace wyn::park_models {

/// `Strict`: claims that no more than the limit are let in, which is not so.
template <class Env, class Orders, bool Strict = false>
struct over_the_limit {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) { let_in[id] = signal.try_enter_search(1); }
  void after() {
    Env::check(let_in[0] || let_in[1], "one is let in");
    Env::check(!Strict || !(let_in[0] && let_in[1]), "one only");
    for (const bool in : let_in) {
      if (in) static_cast<void>(signal.leave_search());
    }
    Env::check(signal.searching() == 0, "no searching unit is left");
  }

  bool let_in[2] = {};
  work_signal<Env, Orders> signal;
};

}  // namespace wyn::park_models
