// Goal:   A group may be used again after a wait, whatever its waiter left behind in the count, and
//         whether it was cancelled or not.
// Method: One thread waits, clears the request to stop, adds a second member, hands it on, and
//         waits again; two others run a member each, of which the first cancels the group.
// Bound:  3 threads, 2 members one after the other.
#pragma once

#include "models/runtime/group_block.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Group = shipped_group>
struct group_again {
  using block = group_block<Env, Orders, Group>;
  static constexpr int threads = 3;

  void before() { group = block::make(1); }
  void thread(int id) {
    if (id == 0) {
      stop.request();
      group->run(0, joiners);
    } else if (id == 1) {
      while (!queue.take()) Env::pause();
      Env::check(!stop.requested(), "the group begins anew");
      group->run(1, joiners);
    } else {
      group->wait(joiners);
      group->check(1);
      Env::check(stop.requested(), "what a member asked for is seen at the end");
      stop.clear();
      Env::check(group->count.add().missing == 0, "the first member has ended");
      queue.put();
      group->wait(joiners);
      group->check(2);
      group->free();
    }
  }

  event_count<Env, Orders> joiners;
  handed_task<Env> queue;
  stop_flag<Env, Orders> stop;
  block* group = nullptr;
};

}  // namespace wyn::runtime_models
