// Goal:   A worker that searches before it sleeps and a producer that relies on that search do not
//         miss each other.
// Method: A worker's whole life (head of work_signal.h): it asks to search, looks, gives its unit
//         back, and sleeps until it has the item.
// Bound:  2 threads, 1 item, 1 search of one look.
#pragma once

#include "core/park/work_signal.h"
#include "models/park/work.h"

namespace wyn::park_models {

template <class Env, class Orders, template <class, class> class Signal = work_signal>
struct search_first {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      x.put();
      signal.work_added();
      return;
    }
    Env::check(signal.try_enter_search(1), "the only worker may search");
    search_until_taken(signal, [&] { return x.take(); }, [&] { return x.queued_here(); });
  }
  void after() {
    Env::check(x.was_taken(), "the item was taken");
    check_gate_is_empty<Env>(signal);
  }

  item<Env> x;
  Signal<Env, Orders> signal;
};

}  // namespace wyn::park_models
