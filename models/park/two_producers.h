// Goal:   Two producers at once, of which one may rely on the wake-up of the other, get both their
//         items run by a worker that takes one at a time.
// Method: The worker sleeps until it has one item, and sleeps again until it has the other.
// Bound:  3 threads, 2 items. More than 10 million executions: the explorer visits those with at
//         most two preemptions.
#pragma once

#include "core/park/work_signal.h"
#include "models/park/work.h"

namespace wyn::park_models {

template <class Env, class Orders, template <class, class> class Signal = work_signal>
struct two_producers {
  static constexpr int threads = 3;

  void before() {}
  void thread(int id) {
    if (id != 0) {
      items.put(1, id - 1);
      signal.work_added();
      return;
    }
    for (int taken = 0; taken < 2; ++taken) {
      sleep_until_taken(signal, [&] { return items.take(); }, [&] { return items.any(); });
    }
  }
  void after() {
    Env::check(!items.any(), "both items were taken");
    check_gate_is_empty<Env>(signal);
  }

  counted_items<Env> items;
  Signal<Env, Orders> signal;
};

}  // namespace wyn::park_models
