// Goal:   Who takes on what was asked of the searchers sees what those have added who asked; one
//         that naps does not take it on.
// Method: Thread 1 is the only searcher. It finds nothing, would sleep, or nap if `Naps`, turns
//         back for a concern of its own, and is busy for good. The sleeper must get the producer's
//         item. With `Other`, one more begins to search meanwhile, finds something else at once,
//         and may be the last to end a search, whom nobody has asked. The sleeper, on whom nothing
//         else depends, then wakes up when all have ended, or waits for ever.
// Bound:  3 threads, 1 item; the sleep of the sleeper has begun.
#pragma once

#include <cstdint>

#include "core/park/work_signal.h"
#include "models/park/announced.h"
#include "models/park/work.h"

namespace wyn::park_models {

template <class Env, class Orders, template <class, class> class Signal = work_signal,
          bool Naps = false, bool Other = false>
struct request {
  static constexpr int threads = 3;

  void before() {
    Env::check(signal.try_enter_search(1), "the only searcher is admitted");
    ticket = signal.announce();
  }
  void thread(int id) {
    const auto look = [&] { return x.queued_here(); };
    if (id == 0) {
      x.put();
      signal.work_added();
    } else if (id == 1) {
      const bool relied_on = signal.leave_search();
      const auto turns_back = [] { return true; };
      if (Naps) {
        signal.nap(turns_back, look, some_time);
      } else {
        signal.sleep(turns_back, look, relied_on);
      }
      signal.found_work(look);
    } else if (Other) {
      if (signal.try_enter_search(2)) signal.found_work(look);
    } else {
      wake_up();
    }
  }
  void after() {
    if (Other) wake_up();
    Env::check(x.was_taken(), "the item was taken");
    check_gate_is_empty<Env>(signal);
  }

  void wake_up() {
    signal.sleep_on(ticket);
    search_until_taken(signal, [&] { return x.take(); }, [&] { return x.queued_here(); });
  }

  item<Env> x;
  std::uint32_t ticket = 0;
  announced<Signal<Env, Orders>> signal;
};

}  // namespace wyn::park_models
