// Running user code from the runtime: what happens to its exceptions.
#pragma once

#include "core/runtime/work_item.h"

namespace wyn {

class scheduler;

/// Sets the scheduler that a free wyn::spawn goes to while user code runs.
class running_scope {
 public:
  explicit running_scope(scheduler& s) noexcept;
  ~running_scope();
  running_scope(const running_scope&) = delete;
  running_scope& operator=(const running_scope&) = delete;

 private:
  scheduler* before_;
};

/// Runs a task whose result nobody waits for. An exception that leaves it ends the process with a
/// message; the unwinding of pthread_exit and of cancellation passes.
void run_detached(scheduler& s, const work_item& t);

/// Ends the process: a detached task threw. To be called inside a catch clause.
[[noreturn]] void report_uncaught() noexcept;

}  // namespace wyn
