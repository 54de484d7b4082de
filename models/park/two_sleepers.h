// Goal:   Two notifications of one, for two items, get two sleepers going.
// Method: Interchangeable sleepers, each takes one item, whichever.
// Bound:  3 threads, 2 items.
#pragma once

#include "core/park/event_count.h"
#include "models/park/work.h"

namespace wyn::park_models {

template <class Env, class Orders>
struct two_sleepers {
  static constexpr int threads = 3;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      for (auto& one : items) {
        one.put();
        events.notify_one();
      }
      return;
    }
    while (!items[0].take() && !items[1].take()) {
      const auto ticket = events.prepare_wait();
      if (items[0].queued_here() || items[1].queued_here()) {
        events.cancel_wait();
      } else {
        events.commit_wait(ticket);
      }
    }
  }
  void after() {
    Env::check(items[0].was_taken() && items[1].was_taken(), "both items were taken");
    Env::check(events.waiters() == 0, "nobody is left announced");
  }

  item<Env> items[2];
  event_count<Env, Orders> events;
};

}  // namespace wyn::park_models
