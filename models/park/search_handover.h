// Goal:   A searcher that leaves with work in hand, and is busy from then on, hands the search
//         over: a producer that relied on it, and a worker that falls asleep meanwhile, do not miss
//         each other.
// Method: Thread 1 starts as the only searcher and ends after found_work, which stands for an item
//         that never ends. The sleeper must get the producer's item all the same.
// Bound:  3 threads, 1 item.
#pragma once

#include "core/park/work_signal.h"
#include "models/park/work.h"

namespace wyn::park_models {

template <class Env, class Orders, template <class, class> class Signal = work_signal>
struct search_handover {
  static constexpr int threads = 3;

  void before() {
    Env::check(signal.try_enter_search(1), "the first searcher is admitted");
  }
  void thread(int id) {
    if (id == 0) {
      x.put();
      signal.work_added();
    } else if (id == 1) {
      signal.found_work([&] { return x.queued_here(); });
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
