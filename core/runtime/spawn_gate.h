// The gate that a spawn passes, open until shutdown begins, and the signs at it: what a spawn has
// to know beside. All in one word, so that it looks once; if it finds 0 it goes the short way.
//
//   closed           shutdown has begun
//   ring             the thread queues in its ring, not in its deque
//   no_heavy_fences  light fences are instructions here (known_fence.h)
//
// A spawn is first counted, and then looks at the word. Shutdown closes every gate, and then waits
// until the runtime is idle. Between the two steps of each side stands a fence: so either the spawn
// finds the gate closed, or shutdown finds the spawn counted, and goes on waiting until it is
// complete (Dekker's protocol). Both may happen: a spawn that is refused is counted as complete,
// and holds nobody up.
//
// Roles:     one thread spawns through a gate, and says where it queues; the thread that shuts the
//            runtime down closes it.
// Progress:  wait-free; the closing side makes one system call (the heavy fence) for all gates.
// Rejected:  a lock or a read-modify-write in every spawn; a word for each sign (three loads and
//            branches a spawn); signs set by load and store (one would undo the other side's).
#pragma once

#include <cstdint>

#include "core/base/env_default.h"
#include "core/base/known_fence.h"
#include "core/base/named.h"
#include "core/runtime/runtime_orders.h"
#include "core/runtime/task_count.h"

namespace wyn {

/// What a spawn finds at its gate: a sum of these.
namespace gate_sign {
inline constexpr std::uint32_t closed = 1, ring = 2, no_heavy_fences = 4;
}  // namespace gate_sign

/// See the head of this file.
template <class Env = env_default, class Orders = runtime_default_orders>
class spawn_gate {
 public:
  explicit spawn_gate(bool queues_in_ring = false) noexcept
      : signs_((queues_in_ring ? gate_sign::ring : 0) +
               (heavy_fences_exist<Env>() ? 0 : gate_sign::no_heavy_fences)) {
    name_object<Env>(signs_, "signs");
  }

  /// Counts a task as spawned. True: it may be queued, or run, and nobody who shuts the runtime
  /// down overlooks it. False: shutdown has begun; the caller counts the task as completed, unless
  /// it runs within a task that is counted itself. The thread of the gate and of `count`.
  /// Wait-free, a few instructions.
  [[gnu::always_inline]] bool count_spawned(task_count<Env, Orders>& count) noexcept {
    return admits(count_and_look(count));
  }

  /// count_spawned() in two steps, for who goes a short way where nothing unusual stands at the
  /// gate. The first counts, and answers with the signs. Without `closed` and `no_heavy_fences` the
  /// task may be queued, by whoever passes fence_beside_heavy() for the other fences of its way;
  /// otherwise the second decides.
  [[gnu::always_inline]] std::uint32_t count_and_look(task_count<Env, Orders>& count) noexcept {
    count.note_spawned();
    fence_beside_heavy<Env>(Orders::gate_spawn_fence);
    return look();
  }
  bool still_admits() noexcept { return admits(look()); }

  /// Where the thread of the gate queues from now on. That thread.
  void queue_in_ring(bool on) noexcept {
    if (on == queues_in_ring()) return;
    signs_.fetch_add(on ? gate_sign::ring : -gate_sign::ring, Orders::gate_add_ring);
  }
  bool queues_in_ring() const noexcept { return (look() & gate_sign::ring) != 0; }

  /// The thread that shuts the runtime down, once. It calls closed() after the last of them, and
  /// only then looks at the counts.
  void close() noexcept { signs_.fetch_add(gate_sign::closed, Orders::gate_add_closed); }
  /// After close() of all gates: whoever finds its gate open from here on was counted. A system
  /// call.
  static void closed() noexcept { Env::fence(Orders::gate_close_fence); }

 protected:
  // Not private, for the models.
  typename Env::template atomic<std::uint32_t> signs_;

 private:
  bool admits(std::uint32_t signs) noexcept {
    if ((signs & gate_sign::no_heavy_fences) != 0) [[unlikely]] {
      Env::fence(Orders::gate_spawn_fence);
      signs = look();
    }
    return (signs & gate_sign::closed) == 0;
  }
  std::uint32_t look() const noexcept { return signs_.load(Orders::gate_load_signs); }
};

}  // namespace wyn
