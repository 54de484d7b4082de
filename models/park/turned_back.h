// Goal:   As unused_wake, with a sleeper that the producer has seen too, and that is gone by then.
// Method: The producer and the other notifier go on as if they had seen it.
// Bound:  3 threads, 1 item, 1 notification without an item.
#pragma once

#include "core/park/work_signal.h"
#include "models/park/work.h"

namespace wyn::park_models {

template <class Env, class Orders, template <class, class> class Signal = work_signal>
struct turned_back {
  static constexpr int threads = 3;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      x.put();
      work_added_for_sleeper(signal);
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
