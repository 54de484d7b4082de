// Goal:   In each period one thread sees to what was asked of the searchers, however many ask for
//         the turn.
// Method: Each thread asks twice, a period apart by a clock that all read alike. Of each period one
//         has the turn; the model looks at who had it when all have ended.
// Bound:  2 and 3 threads, 2 periods.
#pragma once

#include <chrono>

#include "core/runtime/request_turn.h"

namespace wyn::runtime_models {

/// The shipped turn.
struct shipped_turn {
  template <class Env, class Orders>
  using turn = request_turn<Env, Orders>;
};

template <class Env, class Orders, int Threads = 2, class Turn = shipped_turn>
struct one_turn {
  using time = std::chrono::steady_clock::time_point;
  static constexpr int threads = Threads;
  static constexpr int periods = 2;
  static constexpr std::chrono::nanoseconds period{10};

  void thread(int id) {
    for (int i = 0; i < periods; ++i) {
      had[id][i] = all.due(time(period * (i + 1)), period);
    }
  }
  void after() {
    for (int i = 0; i < periods; ++i) {
      int turns = 0;
      for (int id = 0; id < threads; ++id) turns += had[id][i];
      Env::check(turns == 1, "one thread has the turn of each period");
    }
    Env::check(!all.due(time(period * (periods + 1)) - std::chrono::nanoseconds(1), period),
               "no turn before its time");
  }

  typename Turn::template turn<Env, Orders> all;
  bool had[threads][periods] = {};
};

}  // namespace wyn::runtime_models
