// Goal:   The last one to end a search looks for all that those know who ended theirs before: who
//         was woken for a task may not be the last, and may have found another.
// Method: Thread 0 stands for a searcher that the item's producer has woken, and for that producer.
//         Thread 1 searches, too. Both are busy for good afterwards; the sleeper must get the item.
// Bound:  3 threads, 1 item; the sleep has begun.
#pragma once

#include <cstdint>

#include "core/park/work_signal.h"
#include "models/park/announced.h"
#include "models/park/work.h"

namespace wyn::park_models {

template <class Env, class Orders, template <class, class> class Signal = work_signal>
struct handed_on {
  static constexpr int threads = 3;

  void before() {
    Env::check(signal.try_enter_search(2) && signal.try_enter_search(2), "two may search");
    ticket = signal.announce();
  }
  void thread(int id) {
    const auto look = [&] { return x.queued_here(); };
    if (id != 2) {
      if (id == 0) x.put();
      signal.found_work(look);
      return;
    }
    signal.sleep_on(ticket);
    search_until_taken(signal, [&] { return x.take(); }, look);
  }
  void after() {
    Env::check(x.was_taken(), "the item was taken");
    check_gate_is_empty<Env>(signal);
  }

  item<Env> x;
  std::uint32_t ticket = 0;
  announced<Signal<Env, Orders>> signal;
};

}  // namespace wyn::park_models
