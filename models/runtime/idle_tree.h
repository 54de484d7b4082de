// Goal:   The runtime is called idle only when every task is complete, the tasks of tasks included,
//         and what they did is visible then.
// Method: Thread 0 runs a task that was spawned before; the task spawns another one, which thread 1
//         runs. Thread 2 sums up the counts until they agree.
// Bound:  3 threads, 2 tasks, the second spawned by the first.
#pragma once

#include "models/runtime/counted_work.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Counting = shipped_counting>
struct idle_tree {
  static constexpr int threads = 3;

  void before() { all.count(2).note_spawned(); }
  void thread(int id) {
    if (id == 0) {
      Counting::complete(
          [&] {
            Counting::spawn(all.count(0), [&] { second.put(); });
            parent.happen();
          },
          all.count(0));
    } else if (id == 1) {
      while (!second.take()) Env::pause();
      Counting::complete([&] { child.happen(); }, all.count(1));
    } else {
      while (!Counting::idle(all)) Env::pause();
      Env::check(parent.happened() && child.happened(), "both tasks are complete");
    }
  }

  counted_threads<Env, Orders, threads> all;
  handed_task<Env> second;
  effect<Env> parent;
  effect<Env> child;
};

}  // namespace wyn::runtime_models
