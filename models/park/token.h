// Goal:   A worker that a notifier has counted takes the notifier's token, by whichever way it
//         leaves the event count: in the end the gate is empty.
// Method: One producer, one worker that sleeps, takes the item and ends. A token that is left
//         behind would silence every later wake-up.
// Bound:  2 threads, 1 item.
#pragma once

#include "core/park/work_signal.h"
#include "models/park/work.h"

namespace wyn::park_models {

template <class Env, class Orders, template <class, class> class Signal = work_signal>
struct token {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      x.put();
      signal.work_added();
    } else {
      sleep_until_taken(signal, [&] { return x.take(); }, [&] { return x.queued_here(); });
    }
  }
  void after() {
    Env::check(x.was_taken(), "the item was taken");
    check_gate_is_empty<Env>(signal);
    Env::check(signal.waiters() == 0, "nobody is left announced");
  }

  item<Env> x;
  Signal<Env, Orders> signal;
};

}  // namespace wyn::park_models
