// Goal:   A notifier that finds no sleeper takes its token back without silencing another producer,
//         which had relied on that token while a worker fell asleep.
// Method: Thread 1 goes straight to wake_one, as if it had seen a sleeper that is gone by then.
// Bound:  3 threads, 1 item, 1 notification without an item.
#pragma once

#include "core/park/work_signal.h"
#include "models/park/work.h"

namespace wyn::park_models {

template <class Env, class Orders, template <class, class> class Signal = work_signal>
struct unused_wake {
  static constexpr int threads = 3;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      x.put();
      signal.work_added();
    } else if (id == 1) {
      signal.wake_one();
    } else {
      sleep_until_taken(signal, [&] { return x.take(); }, [&] { return x.queued_here(); });
    }
  }
  void after() {
    Env::check(x.was_taken(), "the item was taken");
    check_gate_is_empty<Env>(signal);
  }

  item<Env> x;
  Signal<Env, Orders> signal;
};

}  // namespace wyn::park_models
