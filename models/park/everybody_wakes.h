// Goal:   One notification of all, for a condition that stays, gets two sleepers going.
// Method: Both wait for one flag, which nobody takes away.
// Bound:  3 threads, 1 flag.
#pragma once

#include "core/park/event_count.h"
#include "models/park/work.h"

namespace wyn::park_models {

template <class Env, class Orders>
struct everybody_wakes {
  static constexpr int threads = 3;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      flag.put();
      events.notify_all();
      return;
    }
    while (!flag.queued_here()) {
      const auto ticket = events.prepare_wait();
      if (flag.queued_here()) {
        events.cancel_wait();
      } else {
        events.commit_wait(ticket);
      }
    }
  }
  void after() { Env::check(events.waiters() == 0, "nobody is left announced"); }

  item<Env> flag;
  event_count<Env, Orders> events;
};

}  // namespace wyn::park_models
