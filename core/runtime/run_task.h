// Running user code from the runtime: what happens to its exceptions.
#pragma once

#include <utility>

#include "core/runtime/binding.h"
#include "core/runtime/work_item.h"

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
  detail::heaps_in_use heaps_before_;
};

/// Within it the thread frees the slots of closures as one that owns no heap: each goes home by its
/// heap's return list.
class return_list_scope {
 public:
  return_list_scope() noexcept : before_(std::exchange(detail::running_heaps, {})) {}
  ~return_list_scope() { detail::running_heaps = before_; }
  return_list_scope(const return_list_scope&) = delete;
  return_list_scope& operator=(const return_list_scope&) = delete;

 private:
  detail::heaps_in_use before_;
};

/// Runs a task whose result nobody waits for. An exception that leaves it ends the process with a
/// message; the unwinding of pthread_exit and of cancellation passes.
void run_detached(scheduler& s, participant& self, const work_item& t);

/// Runs a task from a queue on top of the task that the caller is in, and counts it as complete.
/// As run_detached.
void run_on_top(scheduler& s, participant& self, const work_item& t);

/// Ends the process: a detached task threw. To be called inside a catch clause.
[[noreturn]] void report_uncaught() noexcept;

}  // namespace wyn
