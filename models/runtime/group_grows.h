// Goal:   A member may add another one: the group is not done before that one has ended too.
// Method: The first member adds the second and hands it to another thread, as a queue does; a third
//         thread waits, looks, and frees the group.
// Bound:  3 threads, 2 members.
#pragma once

#include "models/runtime/group_block.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Group = shipped_group>
struct group_grows {
  using block = group_block<Env, Orders, Group>;
  static constexpr int threads = 3;

  void before() { group = block::make(1); }
  void thread(int id) {
    if (id == 0) {
      Group::add_and_end(
          group->count, [&] { queue.put(); }, [&] { group->run(0, joiners); });
    } else if (id == 1) {
      while (!queue.take()) Env::pause();
      group->run(1, joiners);
    } else {
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
