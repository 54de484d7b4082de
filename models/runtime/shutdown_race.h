// Goal:   A spawn that races with shutdown is run, or refused and counted: never queued for nobody.
// Method: A foreign thread spawns. Another closes the gate, runs what it finds until the runtime is
//         idle, and takes the queue away, as scheduler::shutdown does.
// Bound:  2 threads, 2 spawns.
#pragma once

#include "core/runtime/spawn_gate.h"
#include "models/runtime/counted_work.h"

namespace wyn::runtime_models {

struct shipped_gate {
  template <class Gate, class Count>
  static bool count_spawned(Gate& gate, Count& count) {
    return gate.count_spawned(count);
  }
  template <class Gate>
  static void close(Gate& gate) {
    gate.close();
    gate.closed();
  }
};

template <class Env, class Orders, class Gate = shipped_gate,
          class Word = spawn_gate<Env, Orders>>
struct shutdown_race {
  static constexpr int threads = 2;
  static constexpr int spawns = 2;

  void before() {
    queue = static_cast<handed_task<Env>*>(Env::allocate(sizeof *queue * spawns, alignof(int)));
    for (int i = 0; i < spawns; ++i) ::new (queue + i) handed_task<Env>;
  }
  void thread(int id) {
    if (id == 0) {
      for (int i = 0; i < spawns; ++i) spawn(i);
    } else {
      shut_down();
    }
  }
  void after() {
    for (int i = 0; i < spawns; ++i) {
      Env::check(accepted[i] == ran[i].happened(), "accepted tasks have run, refused ones not");
    }
  }

  void spawn(int i) {
    if (Gate::count_spawned(gate, all.count(0))) {
      accepted[i] = true;
      queue[i].put();
    } else {
      all.count(0).note_completed();
    }
  }
  void shut_down() {
    Gate::close(gate);
    while (!all_complete(all)) {
      bool found = false;
      for (int i = 0; i < spawns; ++i) {
        if (!queue[i].take()) continue;
        ran[i].happen();
        all.count(1).note_completed();
        found = true;
      }
      if (!found) Env::pause();
    }
    for (int i = 0; i < spawns; ++i) queue[i].~handed_task<Env>();
    Env::deallocate(queue, sizeof *queue * spawns, alignof(int));
  }

  counted_threads<Env, Orders, threads> all;
  Word gate;
  handed_task<Env>* queue = nullptr;
  effect<Env> ran[spawns];
  bool accepted[spawns] = {};
};

}  // namespace wyn::runtime_models
