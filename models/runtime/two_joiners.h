// Goal:   Several threads may join one task: each of them wakes up, and the task runs once.
// Method: Two joiners, and the thread that took the entry from the queue.
// Bound:  3 threads, 1 task.
#pragma once

#include "models/runtime/result_block.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Join = shipped_join>
struct two_joiners {
  using block = result_block<Env, Orders, Join>;
  static constexpr int threads = 3;

  void before() { task = block::make(); }
  void thread(int id) {
    if (id == 0) {
      task->run_entry(sleepers);
    } else {
      task->join(sleepers);
      task->check_outcome();
    }
  }
  void after() { task->release(); }

  event_count<Env, Orders> sleepers;
  block* task = nullptr;
};

}  // namespace wyn::runtime_models
