// What the queues of the runtime carry: a function and its argument, two words.
#pragma once

namespace wyn {

/// A task in a queue, ready to run: run(arg) is called exactly once. Small trivially copyable
/// closures lie in `arg` itself (make_task.h), others in a slot of the task pool that `arg` points
/// to. Without initializers: blocks of tasks are moved about, and clearing them first would cost as
/// much again.
struct work_item {
  void (*run)(void*);
  void* arg;
};

}  // namespace wyn
