// Goal:   Who waits for a group wakes up when its last member ends, sees what all of them did, and
//         may free the group at once.
// Method: Two members end on threads of their own; a third thread waits, looks, and frees.
// Bound:  3 threads, 2 members.
#pragma once

#include "models/runtime/group_block.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Group = shipped_group>
struct group_join {
  using block = group_block<Env, Orders, Group>;
  static constexpr int threads = 3;

  void before() { group = block::make(2); }
  void thread(int id) {
    if (id < 2) {
      group->run(id, joiners);
    } else {
      group->wait(joiners);
      group->check(2);
      group->free();
    }
  }

  event_count<Env, Orders> joiners;
  block* group = nullptr;
};

}  // namespace wyn::runtime_models
