// Goal:   A task that ends and leaves a successor behind is not taken for the last one, whenever
//         the waiter looks at which count.
// Method: Thread 0 runs a task that was spawned before and spawns a successor; thread 1 runs that.
//         Thread 2 sums up once.
// Bound:  3 threads, 2 tasks, 1 look.
#pragma once

#include "models/runtime/counted_work.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Counting = shipped_counting>
struct idle_chain {
  static constexpr int threads = 3;

  void before() { all.count(2).note_spawned(); }
  void thread(int id) {
    if (id == 0) {
      Counting::complete(
          [&] {
            Counting::spawn(all.count(0), [&] { second.put(); });
          },
          all.count(0));
    } else if (id == 1) {
      if (!second.take()) return;
      Counting::complete([&] { child.happen(); }, all.count(1));
    } else if (Counting::idle(all)) {
      Env::check(child.happened(), "idle: the successor is complete");
    }
  }

  counted_threads<Env, Orders, threads> all;
  handed_task<Env> second;
  effect<Env> child;
};

}  // namespace wyn::runtime_models
