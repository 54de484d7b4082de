// Goal:   One wake-up gets two sleepers going when there is work for two: the first to find work
//         wakes the other before it is busy.
// Method: The producer puts two items at once. Each worker takes one, and is busy with it for good.
// Bound:  3 threads, 2 items.
#pragma once

#include "core/park/work_signal.h"
#include "models/park/work.h"

namespace wyn::park_models {

template <class Env, class Orders, template <class, class> class Signal = work_signal>
struct two_workers {
  static constexpr int threads = 3;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      items.put(2);
      signal.work_added();
    } else {
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
