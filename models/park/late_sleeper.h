// Goal:   As search_handover, with a worker that falls asleep when the searcher has looked for
//         sleepers, and found none: the worker sees what the searcher was asked for.
// Method: Thread 1 starts as the only searcher, was asked before, and ends after found_work. The
//         producer relies on it, as if it had seen a sleeper that is gone by then.
// Bound:  3 threads, 1 item.
#pragma once

#include "core/park/work_signal.h"
#include "models/park/work.h"

namespace wyn::park_models {

template <class Env, class Orders, template <class, class> class Signal = work_signal>
struct late_sleeper {
  static constexpr int threads = 3;

  void before() {
    Env::check(signal.try_enter_search(1), "the first searcher is admitted");
    signal.wake_one();
  }
  void thread(int id) {
    if (id == 0) {
      x.put();
      Env::fence(Orders::notify_fence);
      signal.wake_sleeper();
    } else if (id == 1) {
      signal.found_work([] { return false; });
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
