// Goal:   Of two workers that ask to search at the same moment both may be let in, though only one
//         may search; no work is lost for that, nor where one of them is refused.
// Method: A producer relies on whoever searches. One worker asks to search, and sleeps until it has
//         the item, at once if it is refused; the other one, if it is let in, finds something else.
// Bound:  3 threads, 1 item, a limit of 1.
#pragma once

#include "core/park/work_signal.h"
#include "models/park/work.h"

namespace wyn::park_models {

template <class Env, class Orders, template <class, class> class Signal = work_signal>
struct entered_together {
  static constexpr int threads = 3;

  void before() {}
  void thread(int id) {
    const auto look = [&] { return x.queued_here(); };
    const auto take = [&] { return x.take(); };
    if (id == 0) {
      x.put();
      signal.work_added();
    } else if (id == 1) {
      if (signal.try_enter_search(1)) {
        search_until_taken(signal, take, look);
      } else {
        sleep_until_taken(signal, take, look);
      }
    } else if (signal.try_enter_search(1)) {
      signal.found_work(look);
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
