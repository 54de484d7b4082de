// The gate that a spawn passes: open until shutdown begins.
//
// A spawn is first counted, and then looks whether the gate is open. Shutdown closes every gate,
// and then waits until the runtime is idle. Between the two steps of each side stands a fence: so
// either the spawn finds the gate closed, or shutdown finds the spawn counted, and goes on waiting
// until it is complete (Dekker's protocol). Both may happen: a spawn that is refused is counted as
// complete, and holds nobody up.
//
// Roles:     one thread spawns through a gate; the thread that shuts the runtime down closes it.
// Progress:  wait-free; the closing side makes one system call (the heavy fence) for all gates.
// Rejected:  a lock or a read-modify-write in every spawn.
#pragma once

#include "core/base/env_default.h"
#include "core/base/named.h"
#include "core/runtime/runtime_orders.h"
#include "core/runtime/task_count.h"

namespace wyn {

/// See the head of this file.
template <class Env = env_default, class Orders = runtime_default_orders>
class spawn_gate {
 public:
  constexpr spawn_gate() noexcept { name_object<Env>(open_, "open"); }

  /// Counts a task as spawned. True: it may be queued, or run, and nobody who shuts the runtime
  /// down overlooks it. False: shutdown has begun; the caller counts the task as completed, unless
  /// it runs within a task that is counted itself. The thread of the gate and of `count`.
  /// Wait-free, a few instructions.
  [[gnu::always_inline]] bool count_spawned(task_count<Env, Orders>& count) noexcept {
    count.note_spawned();
    Env::fence(Orders::gate_spawn_fence);
    return open_.load(Orders::gate_load_open);
  }

  /// The thread that shuts the runtime down. It calls closed() after the last of them, and only
  /// then looks at the counts.
  void close() noexcept { open_.store(false, Orders::gate_store_open); }
  /// After close() of all gates: whoever finds its gate open from here on was counted. A system
  /// call.
  static void closed() noexcept { Env::fence(Orders::gate_close_fence); }

 private:
  typename Env::template atomic<bool> open_{true};
};

}  // namespace wyn
