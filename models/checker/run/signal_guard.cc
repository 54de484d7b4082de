#include "models/checker/run/signal_guard.h"

#include <cstddef>
#include <cstdint>

#include "models/checker/run/execution.h"

namespace wyn::model {

namespace {

alignas(64) char handler_stack[64 * 1024];
std::uint64_t steps_at_last_look = 0;

const char* cause(int signal) {
  switch (signal) {
    case SIGABRT: return "the program aborts (its message is on standard error)";
    case SIGSEGV: return "the program crashes: invalid address, or its stack is used up";
    case SIGBUS: return "the program crashes: bus error";
    case SIGFPE: return "the program crashes: arithmetic error";
    default: return "the program crashes: illegal instruction";
  }
}

void on_tick(execution* running) {
  if (running == nullptr || !running->inside_program()) return;
  const std::uint64_t steps = running->steps_of_all_runs();
  if (steps == steps_at_last_look) {
    running->stop(verdict_kind::model_error, failure::none,
                  "the program runs in a loop that calls nothing of the environment");
  }
  steps_at_last_look = steps;
}

void on_signal(int signal) {
  execution* running = execution::current();
  if (signal == SIGVTALRM) return on_tick(running);
  if (running != nullptr && running->inside_program()) {
    running->stop(verdict_kind::fail, failure::assertion, cause(signal));
  }
  ::signal(signal, SIG_DFL);
  raise(signal);
}

}  // namespace

signal_guard::signal_guard(int max_silent_seconds) {
  steps_at_last_look = ~std::uint64_t{0};
  stack_t stack = {};
  stack.ss_sp = handler_stack;
  stack.ss_size = sizeof handler_stack;
  sigaltstack(&stack, &former_stack_);
  struct sigaction action = {};
  action.sa_handler = &on_signal;
  // The handler may leave without returning, so its signal must not stay blocked.
  action.sa_flags = SA_ONSTACK | SA_NODEFER | SA_RESTART;
  for (std::size_t i = 0; i < signals.size(); ++i) sigaction(signals[i], &action, &former_[i]);
  itimerval timer = {};
  timer.it_value.tv_sec = timer.it_interval.tv_sec = max_silent_seconds;
  setitimer(ITIMER_VIRTUAL, &timer, &former_timer_);
}

signal_guard::~signal_guard() {
  setitimer(ITIMER_VIRTUAL, &former_timer_, nullptr);
  for (std::size_t i = 0; i < signals.size(); ++i) sigaction(signals[i], &former_[i], nullptr);
  sigaltstack(&former_stack_, nullptr);
}

}  // namespace wyn::model
