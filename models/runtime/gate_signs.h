// Goal:   A thread says where it queues while shutdown closes its gate: neither sign undoes the
//         other, and a spawn that races is run, or refused and counted, as in shutdown_race.
// Method: A foreign thread spawns, says that it queues in its deque (it waits, and runs tasks),
//         spawns again, and says that it queues in its ring once more. Another shuts down.
// Bound:  2 threads, 2 spawns.
#pragma once

#include "core/runtime/spawn_gate.h"
#include "models/runtime/shutdown_race.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Gate = spawn_gate<Env, Orders>>
struct gate_signs : shutdown_race<Env, Orders, shipped_gate, Gate> {
  using base = shutdown_race<Env, Orders, shipped_gate, Gate>;
  using base::gate;

  void before() {
    base::before();
    gate.queue_in_ring(true);
  }
  void thread(int id) {
    if (id != 0) return this->shut_down();
    this->spawn(0);
    gate.queue_in_ring(false);
    this->spawn(1);
    gate.queue_in_ring(true);
  }
  void after() {
    base::after();
    Env::check(!gate.still_admits() && gate.queues_in_ring(), "each side's sign stands");
  }
};

}  // namespace wyn::runtime_models
