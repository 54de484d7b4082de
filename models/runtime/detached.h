// Goal:   A handle that lets go at once leaves the task alone: it runs, and the block is freed
//         once, by whichever side is last, after the other side's last use.
// Method: The handle looks whether the task is done, and detaches.
// Bound:  2 threads, 1 task.
#pragma once

#include "models/runtime/result_block.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Join = shipped_join>
struct detached {
  using block = result_block<Env, Orders, Join>;
  static constexpr int threads = 2;

  void before() { task = block::make(); }
  void thread(int id) {
    if (id == 0) {
      task->run_entry(sleepers);
    } else {
      if (task->done()) task->check_outcome();
      task->release();
    }
  }

  event_count<Env, Orders> sleepers;
  block* task = nullptr;
};

}  // namespace wyn::runtime_models
