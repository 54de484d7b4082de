// Goal:   A sleeper and a producer do not miss each other.
// Method: One publication and one notification against one prepare, re-check, commit or cancel; a
//         sleeper that was missed blocks for ever. Killed here: either fence weakened.
// Bound:  2 threads, 1 item.
#pragma once

#include "core/park/event_count.h"
#include "models/park/work.h"

namespace wyn::park_models {

template <class Env, class Orders>
struct one_sleeper {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      x.put();
      events.notify_one();
      return;
    }
    while (!x.take()) {
      const auto ticket = events.prepare_wait();
      if (x.queued_here()) {
        events.cancel_wait();
      } else {
        events.commit_wait(ticket);
      }
    }
  }
  void after() {
    Env::check(x.was_taken(), "the item was taken");
    Env::check(events.waiters() == 0, "nobody is left announced");
  }

  item<Env> x;
  event_count<Env, Orders> events;
};

}  // namespace wyn::park_models
