// What the queues of the runtime carry: a function and its argument, two words.
#pragma once

namespace wyn {

/// A task that is ready to run: run(arg) is called exactly once. Small trivially copyable closures lie
/// in `arg` itself (inline_closure.h), others in a slot of the task pool that `arg` points to.
struct task {
  void (*run)(void*) = nullptr;
  void* arg = nullptr;
};

}  // namespace wyn
