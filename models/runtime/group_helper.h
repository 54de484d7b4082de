// Goal:   A thread that runs tasks while it waits for a group sleeps as workers do, and is woken by
//         the group's last member.
// Method: One member ends; the waiter goes to sleep as work_cycle.h does it, without tasks to run.
// Bound:  2 threads, 1 member.
#pragma once

#include "core/park/work_signal.h"
#include "models/runtime/group_block.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Group = shipped_group>
struct group_helper {
  using block = group_block<Env, Orders, Group>;
  static constexpr int threads = 2;

  void before() { group = block::make(1); }
  void thread(int id) {
    if (id == 0) {
      Group::end(
          group->count, joiners, [&] { signal.wake_all(); }, [] {},
          [&] { group->done[0].happen(); });
    } else {
      while (!group->count.done()) {
        group->count.await(group_waiter::helper);
        signal.sleep([&] { return group->count.done(); }, [] { return false; });
        signal.leave_search();
      }
      group->check(1);
      group->free();
    }
  }

  event_count<Env, Orders> joiners;
  work_signal<Env, Orders> signal;
  block* group = nullptr;
};

}  // namespace wyn::runtime_models
