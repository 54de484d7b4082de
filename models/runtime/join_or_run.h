// Goal:   A task with a handle runs once, in the thread that takes it from the queue or in the one
//         that joins it; the joiner wakes up, sees result or exception, and the block is freed
//         once.
// Method: The entry is run by one thread while the handle joins, looks, and lets go, in another.
// Bound:  2 threads, 1 task that returns, and 1 that throws.
#pragma once

#include "models/runtime/result_block.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Join = shipped_join, bool Throws = false>
struct join_or_run {
  using block = result_block<Env, Orders, Join>;
  static constexpr int threads = 2;

  void before() { task = block::make(Throws); }
  void thread(int id) {
    if (id == 0) {
      task->run_entry(sleepers);
    } else {
      task->join(sleepers);
      task->check_outcome();
      task->release();
    }
  }

  event_count<Env, Orders> sleepers;
  block* task = nullptr;
};

template <class Env, class Orders, class Join = shipped_join>
using join_or_run_throwing = join_or_run<Env, Orders, Join, true>;

}  // namespace wyn::runtime_models
