// The ordering table of the runtime's own words: counters, flags, the list of participants,
// results.
//
// Columns of the comments: "pairs with" names the access on the other side, "why" what would go
// wrong. The queues, the pool and the sleep protocol have tables of their own.
#pragma once

#include "core/base/site.h"

namespace wyn {

struct runtime_default_orders {
  /// The count is the thread's own. It is stored before the task is published, so whoever has seen
  /// the task (RT2 -> RT3) has seen it counted.
  static constexpr site<"RT1 count.spawned", order::relaxed> count_spawned{};
  /// Pairs with RT3. Why: what a finished task did, and what it spawned (RT1), is seen by the
  /// waiter.
  static constexpr site<"RT2 count.completed", order::release> count_completed{};
  static constexpr site<"RT3 idle.load_completed", order::acquire> idle_load_completed{};
  /// Read after every RT3: the completed tasks are then among the spawned ones that are seen.
  static constexpr site<"RT4 idle.load_spawned", order::relaxed> idle_load_spawned{};
  /// The owner reads its own count.
  static constexpr site<"RT5 count.load_own", order::relaxed> count_load_own{};

  /// Pairs with RT7 over the fences RT8 and RT9. Why: a spawn that is not counted when shutdown
  /// sums up must see the gate closed: otherwise its task would be queued after the last worker has
  /// gone.
  static constexpr site<"RT6 gate.load_open", order::relaxed> gate_load_open{};
  static constexpr site<"RT7 gate.store_open", order::relaxed> gate_store_open{};
  static constexpr site<"RT8 gate.spawn_fence", order::light> gate_spawn_fence{};
  static constexpr site<"RT9 gate.close_fence", order::heavy> gate_close_fence{};

  /// A worker's stop: pthread_join orders everything after it, the event count the sleep.
  static constexpr site<"RT10 stop.store", order::relaxed> stop_store{};
  static constexpr site<"RT11 stop.load", order::relaxed> stop_load{};

  /// "Somebody sleeps until the runtime is idle." Ordered by the event count's fence (the sleeper)
  /// and by the fence of the event count's prepare_wait or RT15 (who finished a task); the flag
  /// carries no data.
  static constexpr site<"RT12 idle_wanted.store", order::relaxed> idle_wanted_store{};
  static constexpr site<"RT13 idle_wanted.load", order::relaxed> idle_wanted_load{};
  static constexpr site<"RT14 idle_wanted.exchange", order::relaxed> idle_wanted_exchange{};
  static constexpr site<"RT15 idle_wanted.finish_fence", order::light> finish_fence{};
  static constexpr site<"RT16 idle_wanted.recheck_fence", order::heavy> finish_recheck_fence{};

  /// A number that changes with each request to give memory back; it carries nothing else.
  static constexpr site<"RT21 trim.request", order::relaxed> trim_request{};
  static constexpr site<"RT22 trim.load", order::relaxed> trim_load{};

  /// A count of handles; the thread that destroys the runtime pairs RT24 with RT25. Why: what was
  /// done with a handle is over when the memory behind it goes.
  static constexpr site<"RT23 handles.add", order::relaxed> handles_add{};
  static constexpr site<"RT24 handles.remove", order::release> handles_remove{};
  static constexpr site<"RT25 handles.load", order::acquire> handles_load{};

  /// Pairs with DR2. Why: the default runtime behind the pointer is constructed.
  static constexpr site<"DR1 default.load", order::acquire> default_load{};
  static constexpr site<"DR2 default.store", order::release> default_store{};
  /// A number to compare with that of the thread's own binding. A thread that finds them equal has
  /// bound itself to the default runtime, so it has seen its construction; the thread that replaces
  /// the default runtime is alone with it.
  static constexpr site<"DR3 default.load_id", order::relaxed> default_load_id{};
  static constexpr site<"DR4 default.store_id", order::relaxed> default_store_id{};

  /// Pairs with RT18. Why: the participant behind the pointer is constructed.
  static constexpr site<"RT17 list.store_entry", order::release> list_store_entry{};
  static constexpr site<"RT18 list.load_entry", order::acquire> list_load_entry{};
  /// Pairs with RT20. Why: the chunk with the entries is there.
  static constexpr site<"RT19 list.store_size", order::release> list_store_size{};
  static constexpr site<"RT20 list.load_size", order::acquire> list_load_size{};
};

struct join_default_orders {
  /// Who wins runs the task. Release pairs with the acquire of a failure. Why: a joiner counts the
  /// run it begins (task_count.h) before it claims, and whoever then finds the entry of the queue
  /// used up, and completes it, must have seen that count: else the runtime looks idle while the
  /// joiner runs the task.
  static constexpr site<"JN1 claim.cas", order::acq_rel, order::acquire> claim_cas{};
  /// Pairs with JN3. Why: the joiner sees the result. Acquire: the runner sees what an awaiting
  /// joiner did before it announced itself, so that its wake-up cannot come before the announcement
  /// (JN4).
  static constexpr site<"JN2 finish.exchange", order::acq_rel> finish_exchange{};
  static constexpr site<"JN3 join.load", order::acquire> join_load{};
  /// Pairs with JN2. Its failure means done: acquire, for the result.
  static constexpr site<"JN4 await.cas", order::acq_rel, order::acquire> await_cas{};
  /// The last of two references frees the block: it must see the other's use of it.
  static constexpr site<"JN5 reference.release", order::acq_rel> reference_release{};
};

}  // namespace wyn
