// Turns what would end the process into a verdict while a check runs: an abort (WYN_CHECK, assert,
// an exception that meets noexcept) and a crash, which are failures of the program; a stack that is
// used up and an endless loop that calls nothing of the environment, which are model errors.
//
// The handlers run on a stack of their own and leave the fiber for good, as any failure does.
// Signals that arrive outside the program under test get their former treatment. A signal is
// delivered to the OS thread that causes it, so an explorer meets only what its own program did.
#pragma once

#include <signal.h>
#include <time.h>

#include <cstddef>

namespace wyn::model {

/// The handlers, which belong to the process: the first guard installs them, the last one puts the
/// former ones back. From any thread.
class signal_guard {
 public:
  signal_guard();
  ~signal_guard();
  signal_guard(const signal_guard&) = delete;
  signal_guard& operator=(const signal_guard&) = delete;
};

/// What belongs to each OS thread that runs programs: the handlers' stack, and a clock of its own
/// processor time that looks for signs of life. Made and destroyed on that thread, one at a time,
/// while there is a signal_guard.
class thread_guard {
 public:
  explicit thread_guard(int max_silent_seconds);
  ~thread_guard();
  thread_guard(const thread_guard&) = delete;
  thread_guard& operator=(const thread_guard&) = delete;

 private:
  void* handler_stack_;
  stack_t former_stack_ = {};
  timer_t timer_ = {};
  bool has_timer_ = false;
};

}  // namespace wyn::model
