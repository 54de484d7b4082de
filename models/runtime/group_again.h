// Goal:   A group may be used again after a wait, whatever its waiter left behind in the count.
// Method: One thread waits, adds a second member, hands it on, and waits again; two others run a
//         member each.
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
      group->run(0, joiners);
    } else if (id == 1) {
      while (!queue.take()) Env::pause();
      group->run(1, joiners);
    } else {
      group->wait(joiners);
      group->check(1);
      Env::check(group->count.add().missing == 0, "the first member has ended");
      queue.put();
      group->wait(joiners);
      group->check(2);
      group->free();
    }
  }

  event_count<Env, Orders> joiners;
  handed_task<Env> queue;
  block* group = nullptr;
};

}  // namespace wyn::runtime_models
