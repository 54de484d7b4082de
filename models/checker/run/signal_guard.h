// Turns what would end the process into a verdict while a check runs: an abort (WYN_CHECK, assert,
// an exception that meets noexcept), a crash, a stack that is used up, and an endless loop that
// calls nothing of the environment.
//
// The handlers run on a stack of their own and leave the fiber for good, as any failure does.
// Signals that arrive outside the program under test get their former treatment.
#pragma once

#include <signal.h>
#include <sys/time.h>

#include <array>

namespace wyn::model {

class signal_guard {
 public:
  /// Installs the handlers; one guard at a time in a process, on the thread that runs the check.
  explicit signal_guard(int max_silent_seconds);
  /// Puts the former ones back.
  ~signal_guard();
  signal_guard(const signal_guard&) = delete;
  signal_guard& operator=(const signal_guard&) = delete;

 private:
  static constexpr std::array<int, 6> signals = {SIGABRT, SIGSEGV, SIGBUS,
                                                 SIGFPE,  SIGILL,  SIGVTALRM};
  std::array<struct sigaction, signals.size()> former_;
  stack_t former_stack_;
  itimerval former_timer_;
};

}  // namespace wyn::model
