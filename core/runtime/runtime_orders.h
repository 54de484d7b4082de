// The ordering tables of the runtime's own words: counters, flags, the list of participants,
// results.
//
// Columns of the comments: "Pairs with" names the access on the other side, "Why" what would go
// wrong, "Killed by" the models in models/runtime that fail when the row is weakened by one step.
// A row without it is relaxed already. models/runtime/runtime_matrix_test.cc reads these comments
// and checks that they are true. The queues, the pool and the sleep protocol have tables of their
// own.
#pragma once

#include "core/base/site.h"

namespace wyn {

struct runtime_default_orders {
  /// The count is the thread's own. It is stored before the task is published, so whoever has seen
  /// the task (RT2 -> RT3) has seen it counted.
  static constexpr site<"RT1 count.store_spawned", order::relaxed> count_spawned{};
  /// Pairs with RT3. Why: what a finished task did, and what it spawned (RT1), is seen by the
  /// waiter. Killed by: idle_tree, idle_chain, idle_sleep, joiner_counts_first.
  static constexpr site<"RT2 count.store_completed", order::release> count_completed{};
  /// Pairs with RT2. Killed by: idle_tree, idle_chain, idle_sleep, joiner_counts_first.
  static constexpr site<"RT3 idle.load_completed", order::acquire> idle_load_completed{};
  /// Read after every RT3: the completed tasks are then among the spawned ones that are seen.
  static constexpr site<"RT4 idle.load_spawned", order::relaxed> idle_load_spawned{};
  /// The owner reads its own count.
  static constexpr site<"RT5 count.load_own", order::relaxed> count_load_own{};

  /// Pairs with RT7 over the fences RT8 and RT9. Why: a spawn that is not counted when shutdown
  /// sums up must see the gate closed: otherwise its task would be queued after the last worker has
  /// gone.
  static constexpr site<"RT6 gate.load_signs", order::relaxed> gate_load_signs{};
  static constexpr site<"RT7 gate.fetch_add_closed", order::relaxed> gate_add_closed{};
  /// The thread's own sign. Atomicity alone: it keeps what RT7 adds.
  static constexpr site<"RT7b gate.fetch_add_ring", order::relaxed> gate_add_ring{};
  /// Pairs with RT9: see RT6. Killed by: shutdown_race.
  static constexpr site<"RT8 gate.fence_spawn", order::light> gate_spawn_fence{};
  /// Pairs with RT8: see RT6. Killed by: shutdown_race.
  static constexpr site<"RT9 gate.fence_close", order::heavy> gate_close_fence{};

  /// A worker's stop: pthread_join orders everything after it, the event count the sleep.
  static constexpr site<"RT10 stop.store", order::relaxed> stop_store{};
  static constexpr site<"RT11 stop.load", order::relaxed> stop_load{};

  /// "Somebody sleeps until the runtime is idle." Ordered by the event count's fence (the sleeper)
  /// and by the fence of the event count's prepare_wait or RT15 (who finished a task); the flag
  /// carries no data.
  static constexpr site<"RT12 idle_wanted.store", order::relaxed> idle_wanted_store{};
  static constexpr site<"RT13 idle_wanted.load", order::relaxed> idle_wanted_load{};
  static constexpr site<"RT14 idle_wanted.exchange", order::relaxed> idle_wanted_exchange{};
  /// Pairs with EC2 in the waiter. Why: the look at the wish may not pass the count of what was
  /// completed. Killed by: idle_sleep, idle_again.
  static constexpr site<"RT15 idle_wanted.fence_finish", order::light> finish_fence{};
  /// Pairs with itself in another thread that completes a task. Why: of two that complete the last
  /// two tasks, one must see both counted. Killed by: idle_sleep.
  static constexpr site<"RT16 idle_wanted.fence_recheck", order::heavy> finish_recheck_fence{};

  /// A number that changes with each request to give memory back; it carries nothing else. That a
  /// sleeper does not miss it is the event count's doing.
  static constexpr site<"RT21 trim.fetch_add_request", order::relaxed> trim_request{};
  static constexpr site<"RT22 trim.load_request", order::relaxed> trim_load{};

  /// A time, which orders nothing: whoever reads an old one comes too late for the exchange.
  static constexpr site<"RT31 turn.load", order::relaxed> turn_load{};
  /// One caller of several has the turn by atomicity alone.
  static constexpr site<"RT32 turn.cas", order::relaxed, order::relaxed> turn_cas{};

  /// A count of handles.
  static constexpr site<"RT23 handles.fetch_add_new", order::relaxed> handles_add{};
  /// Pairs with RT25. Why: what was done with a handle is over when the memory behind it goes.
  /// Killed by: handles_released.
  static constexpr site<"RT24 handles.fetch_add_gone", order::release> handles_remove{};
  /// Pairs with RT24, in the thread that destroys the runtime. Killed by: handles_released.
  static constexpr site<"RT25 handles.load", order::acquire> handles_load{};

  /// Pairs with DR2. Why: the default runtime behind the pointer is constructed.
  /// Killed by: default_published.
  static constexpr site<"DR1 default.load", order::acquire> default_load{};
  /// Pairs with DR1. Killed by: default_published.
  static constexpr site<"DR2 default.store", order::release> default_store{};
  /// A number to compare with that of the thread's own binding. A thread that finds them equal has
  /// bound itself to the default runtime, so it has seen its construction; the thread that replaces
  /// the default runtime is alone with it.
  static constexpr site<"DR3 default.load_id", order::relaxed> default_load_id{};
  static constexpr site<"DR4 default.store_id", order::relaxed> default_store_id{};

  /// Published by RT19: whoever follows an entry has read a size that counts it.
  static constexpr site<"RT17 list.store_entry", order::relaxed> list_store_entry{};
  static constexpr site<"RT18 list.load_entry", order::relaxed> list_load_entry{};
  /// Pairs with RT20. Why: the chunk is there, with the entry, and the participant behind that is
  /// constructed. Killed by: list_walk.
  static constexpr site<"RT19 list.store_size", order::release> list_store_size{};
  /// Pairs with RT19. Killed by: list_walk.
  static constexpr site<"RT20 list.load_size", order::acquire> list_load_size{};

  /// Ordered by RT27.
  static constexpr site<"RT26 visit.store_enter", order::relaxed> visit_enter{};
  /// Pairs with RT29. Why: a thief that does not hold the larger buffer must be seen by the owner
  /// that frees the outgrown one. Killed by: outgrown_deque, outgrown_ring, outgrown_newcomer.
  static constexpr site<"RT27 visit.fence_enter", order::light> visit_fence{};
  /// Pairs with RT30. Why: the thief has read its item when the buffer goes.
  /// Killed by: outgrown_deque, outgrown_ring, outgrown_newcomer.
  static constexpr site<"RT28 visit.store_leave", order::release> visit_leave{};
  /// Pairs with RT27. Killed by: outgrown_deque, outgrown_ring, outgrown_newcomer.
  static constexpr site<"RT29 visit.fence_published", order::heavy> visit_published_fence{};
  /// Pairs with RT28. Killed by: outgrown_deque, outgrown_ring, outgrown_newcomer.
  static constexpr site<"RT30 visit.load_look", order::acquire> visit_look{};
};

struct join_default_orders {
  /// Who wins runs the task. Release pairs with the acquire of a failure. Why: a joiner counts the
  /// run it begins (task_count.h) before it claims, and whoever then finds the entry of the queue
  /// used up, and completes it, must have seen that count: else the runtime looks idle while the
  /// joiner runs the task. The acquire of a success is there for the sake of that of a failure,
  /// which may not be stronger on every compiler. Killed by: joiner_counts_first.
  static constexpr site<"JN1 claim.cas", order::acq_rel, order::acquire> claim_cas{};
  /// Release pairs with JN3. Why: the joiner sees the result. The joiner's announcement (JN4) and
  /// its wake-up are ordered by the event count, EC2 and EC5. Acquire pairs with JN6. Why: the
  /// runner resumes what a coroutine has stored.
  /// Killed by: join_or_run, join_or_run_throwing, detached, two_joiners, forked_child,
  /// suspended_join.
  static constexpr site<"JN2 finish.exchange", order::acq_rel> finish_exchange{};
  /// Pairs with JN2.
  /// Killed by: join_or_run, join_or_run_throwing, detached, two_joiners, forked_child.
  static constexpr site<"JN3 join.load", order::acquire> join_load{};
  /// Whatever it finds: the joiner looks again by JN3 before it uses the result, and it sleeps only
  /// after EC2 and another look.
  static constexpr site<"JN4 await.cas", order::relaxed> await_cas{};
  /// Pairs with the acquire of JN2. A failure means that the task is done: JN3 looks again.
  /// Killed by: suspended_join.
  static constexpr site<"JN6 suspend.cas", order::release, order::relaxed> suspend_cas{};
  /// Pairs with itself. Why: the last of two references frees the block: it must see the other's
  /// use of it. Killed by: join_or_run, join_or_run_throwing, detached.
  static constexpr site<"JN5 reference.fetch_add", order::acq_rel> reference_release{};
};

struct theft_default_orders {
  /// Pairs with TM2. Why: who waits uses the thief's deque, which the thief may have made.
  /// Killed by: leapfrog_group, leapfrog_biased, leapfrog_two_thieves, leapfrog_nested,
  /// leapfrog_spawned.
  static constexpr site<"TM1 mark.store_raise", order::release> mark_raise{};
  /// Pairs with TM1.
  /// Killed by: leapfrog_group, leapfrog_biased, leapfrog_two_thieves, leapfrog_nested,
  /// leapfrog_spawned.
  static constexpr site<"TM2 mark.load", order::acquire> mark_load{};
  /// Published with the item: whatever the thief pushes after it brings it along.
  static constexpr site<"TM3 mark.cas_lower", order::relaxed> mark_lower{};
  /// After the item was read, and so what came before its push was seen.
  static constexpr site<"TM4 mark.load_look", order::relaxed> mark_look{};
};

struct group_default_orders {
  /// The member that adds holds the count up itself; the group's memory and data come to the new
  /// member with its closure, by the queue. As a read-modify-write it continues the release
  /// sequences of those that ended before.
  static constexpr site<"GC1 add.fetch_add", order::relaxed> add_member{};
  /// Release pairs with GC3. Why: whoever waits sees what the member did, and that it is done with
  /// the group. Acquire pairs with GC5. Why: the last member resumes what a coroutine has stored.
  /// Killed by: group_join, group_grows, group_inside, group_helper, group_coroutine.
  static constexpr site<"GC2 end.fetch_add", order::acq_rel> end_member{};
  /// Pairs with GC2. Killed by: group_join, group_grows, group_inside, group_helper.
  static constexpr site<"GC3 done.load", order::acquire> done_load{};
  /// A guess that GC5 makes good.
  static constexpr site<"GC4 await.load", order::relaxed> group_await_load{};
  /// Pairs with the acquire of GC2: what a coroutine stored before is there to be resumed. A
  /// failure is a guess again. Killed by: group_coroutine.
  static constexpr site<"GC5 await.cas", order::release, order::relaxed> group_await_cas{};
  /// By the coroutine that GC2 has resumed, over a queue.
  static constexpr site<"GC6 resumed.fetch_add", order::relaxed> resumed_clear{};

  /// Pairs with GC8. Why: a member that is told to stop sees what the one that told it had found.
  /// Killed by: group_cancel.
  static constexpr site<"GC7 cancel.store", order::release> cancel_store{};
  /// Pairs with GC7. Killed by: group_cancel.
  static constexpr site<"GC8 cancel.load", order::acquire> cancel_load{};
  /// Nobody but the waiter has the group then.
  static constexpr site<"GC9 cancel.store_clear", order::relaxed> cancel_clear{};

  /// A guess that GC11 or GC12 makes good.
  static constexpr site<"GC10 error.load", order::relaxed> error_load{};
  /// Pairs with GC12. Why: the error is there, though its member may not have ended (GC2). As a
  /// read-modify-write it continues the release sequences of the nodes below.
  /// Killed by: group_errors.
  static constexpr site<"GC11 error.cas_push", order::release, order::relaxed> error_push{};
  /// Pairs with GC11. Killed by: group_errors.
  static constexpr site<"GC12 error.exchange_take", order::acquire> error_take{};

  /// Ordered by the fences of the event count, EC2 and EC5.
  static constexpr site<"GC13 outside.store", order::relaxed> outside_store{};
  static constexpr site<"GC14 outside.load", order::relaxed> outside_load{};
};

}  // namespace wyn
