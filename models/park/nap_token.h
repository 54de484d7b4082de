// Goal:   A worker that naps before it sleeps loses no wake-up, and takes the token of a notifier
//         that has counted it, whether the nap ends by itself, by a wake-up or before it begins.
// Method: One producer; one worker that naps, sleeps if the nap has ended by itself, and ends with
//         the item.
// Bound:  2 threads, 1 item.
#pragma once

#include "core/park/work_signal.h"
#include "models/park/work.h"

namespace wyn::park_models {

template <class Env, class Orders, template <class, class> class Signal = work_signal>
struct nap_token {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      x.put();
      signal.work_added();
    } else {
      nap_until_taken(signal, [&] { return x.take(); }, [&] { return x.queued_here(); });
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
