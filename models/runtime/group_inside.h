// Goal:   A task that sleeps until its group is done wakes up when a thread from outside adds a
//         member to a queue that nobody else looks at, and runs it.
// Method: The outside thread, which holds the group open by a member of its own, adds one as
//         task_group::run does; the maker waits as task_group::join does.
// Bound:  2 threads, 2 members.
#pragma once

#include "models/runtime/group_block.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Group = shipped_group>
struct group_inside {
  using block = group_block<Env, Orders, Group>;
  static constexpr int threads = 2;

  void before() { group = block::make(1); }
  void thread(int id) {
    if (id == 0) {
      outside.raise();
      group->count.add();
      queue.put();
      Group::tell_of_outside(joiners);
      while (!second.happened_on()) Env::pause();
      group->run(0, joiners);
    } else {
      while (!group->count.done()) {
        if (!outside.raised()) {
          Group::sleep(group->count, joiners, [&] { return !outside.raised(); });
        } else if (queue.take()) {
          group->run(1, joiners);
          second.happen();
        } else {
          Env::pause();
        }
      }
      group->check(2);
      group->free();
    }
  }

  /// The outside thread ends its own member only when the one that it added has run.
  struct signal {
    void happen() { word.store(1, site<"S1 ran", order::release>{}); }
    bool happened_on() const { return word.load(site<"S2 has it run", order::acquire>{}) != 0; }
    typename Env::template atomic<int> word{0};
  };

  event_count<Env, Orders> joiners;
  outside_flag<Env, Orders> outside;
  handed_task<Env> queue;
  signal second;
  block* group = nullptr;
};

}  // namespace wyn::runtime_models
