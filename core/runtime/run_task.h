// Running user code from the runtime: what happens to its exceptions.
#pragma once

#include "core/runtime/work_item.h"
#include "core/task_pool/task_heap.h"

namespace wyn {

class participant;
class scheduler;

/// Sets the scheduler that a free wyn::spawn goes to while user code runs, and the thread's
/// participant in it.
class running_scope {
 public:
  running_scope(scheduler& s, participant& self) noexcept;
  ~running_scope();
  running_scope(const running_scope&) = delete;
  running_scope& operator=(const running_scope&) = delete;

 private:
  scheduler* before_;
  participant* participant_before_;
  task_heap<>* heap_before_;
};

/// Runs a task whose result nobody waits for. An exception that leaves it ends the process with a
/// message; the unwinding of pthread_exit and of cancellation passes.
void run_detached(scheduler& s, participant& self, const work_item& t);

/// Ends the process: a detached task threw. To be called inside a catch clause.
[[noreturn]] void report_uncaught() noexcept;

}  // namespace wyn
