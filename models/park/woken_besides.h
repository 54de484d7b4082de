// Goal:   Who sees work for many may wake one more whoever searches, without a token: the gate is
//         empty in the end, and who is woken so is no substitute for the one whom the last searcher
//         wakes.
// Method: A searcher has found work and sees two items more: it wakes one sleeper besides, and ends
//         its search. Each of the two sleepers takes one item, and is busy with it for good.
// Bound:  3 threads, 2 items; the sleeps have begun.
#pragma once

#include <cstdint>

#include "core/park/work_signal.h"
#include "models/park/announced.h"
#include "models/park/work.h"

namespace wyn::park_models {

template <class Env, class Orders, template <class, class> class Signal = work_signal>
struct woken_besides {
  static constexpr int threads = 3;

  void before() {
    Env::check(signal.try_enter_search(1), "the only searcher is admitted");
    for (std::uint32_t& ticket : tickets) ticket = signal.announce();
  }
  void thread(int id) {
    const auto look = [&] { return items.any(); };
    if (id == 0) {
      items.put(2);
      signal.wake_one_more();
      signal.found_work(look);
      return;
    }
    signal.sleep_on(tickets[id - 1]);
    search_until_taken(signal, [&] { return items.take(); }, look);
  }
  void after() {
    Env::check(!items.any(), "both items were taken");
    check_gate_is_empty<Env>(signal);
  }

  counted_items<Env> items;
  std::uint32_t tickets[2] = {};
  announced<Signal<Env, Orders>> signal;
};

}  // namespace wyn::park_models
