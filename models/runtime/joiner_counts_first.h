// Goal:   While a joiner runs a task, the runtime is not idle, though the task's entry in the queue
//         is used up and complete: the joiner's run counts as a task of its own, and is counted
//         before the claim.
// Method: Thread 0 joins (task_handle.h, run_here), thread 1 uses the entry up, thread 2 sums up.
// Bound:  3 threads, 1 task.
#pragma once

#include "core/runtime/join_state.h"
#include "models/runtime/counted_work.h"

namespace wyn::runtime_models {

/// run_here() of task_handle.h.
struct shipped_run_here {
  template <class Count, class State, class Run>
  static void run(Count& count, State& state, const Run& run) {
    count.note_spawned();
    if (state.claim()) run();
    count.note_completed();
  }
};

template <class Env, class Orders, class RunHere = shipped_run_here>
struct joiner_counts_first {
  static constexpr int threads = 3;

  void before() { all.count(2).note_spawned(); }
  void thread(int id) {
    if (id == 0) {
      RunHere::run(all.count(0), state, [&] { run.happen(); });
    } else if (id == 1) {
      if (state.claim()) run.happen();
      all.count(1).note_completed();
    } else {
      while (!all_complete(all)) Env::pause();
      Env::check(run.happened(), "idle: the task has run, once");
    }
  }

  counted_threads<Env, Orders, threads> all;
  join_state<Env, Orders> state;
  effect<Env> run;
};

}  // namespace wyn::runtime_models
