// Goal:   A wake-up that reaches a thread in a nap is not lost for the one that sleeps.
// Method: Thread 1 naps once and is busy for good afterwards, whatever has ended its nap. The
//         sleeper must get the producer's item all the same.
// Bound:  3 threads, 1 item, 1 nap.
#pragma once

#include "core/park/work_signal.h"
#include "models/park/work.h"

namespace wyn::park_models {

template <class Env, class Orders, template <class, class> class Signal = work_signal>
struct nap_in_the_way {
  static constexpr int threads = 3;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      x.put();
      signal.work_added();
    } else if (id == 1) {
      signal.nap([] { return false; }, [] { return false; }, some_time);
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
