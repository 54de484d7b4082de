#include "models/checker/run/signal_guard.h"

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <mutex>
#include <string>

#include "core/base/assert.h"
#include "models/checker/run/execution.h"

namespace wyn::model {

namespace {

constexpr std::size_t handler_stack_bytes = 64 * 1024;
constexpr std::array<int, 6> signals = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGVTALRM};

constinit thread_local std::uint64_t steps_at_last_look = 0;

std::mutex guards_mutex;
int guards = 0;
std::array<struct sigaction, signals.size()> former;

const char* cause(int signal) {
  switch (signal) {
    case SIGABRT: return "the program aborts (its message is on standard error)";
    case SIGSEGV: return "the program crashes: invalid address";
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

[[noreturn]] void on_used_up_stack(execution* running) {
  const int t = running->current_thread();
  const std::string who = t < 0 ? "the main thread" : "thread " + std::to_string(t);
  running->stop(verdict_kind::model_error, failure::none,
                who + " has used up its stack of " +
                    std::to_string(running->memory().stack_bytes()) +
                    " bytes: raise options::stack_bytes, unless its recursion has no end");
}

void on_signal(int signal, siginfo_t* info, void*) {
  execution* running = execution::current();
  if (signal == SIGVTALRM) return on_tick(running);
  if (running != nullptr && running->inside_program()) {
    const bool in_memory = signal == SIGSEGV || signal == SIGBUS;
    if (in_memory && running->memory().is_guard(info->si_addr)) on_used_up_stack(running);
    running->stop(verdict_kind::fail, failure::assertion, cause(signal));
  }
  ::signal(signal, SIG_DFL);
  raise(signal);
}

}  // namespace

signal_guard::signal_guard() {
  const std::lock_guard lock(guards_mutex);
  if (guards++ > 0) return;
  struct sigaction action = {};
  action.sa_sigaction = &on_signal;
  // The handler may leave without returning, so its signal must not stay blocked.
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER | SA_RESTART;
  for (std::size_t i = 0; i < signals.size(); ++i) sigaction(signals[i], &action, &former[i]);
}

signal_guard::~signal_guard() {
  const std::lock_guard lock(guards_mutex);
  if (--guards > 0) return;
  for (std::size_t i = 0; i < signals.size(); ++i) sigaction(signals[i], &former[i], nullptr);
}

thread_guard::thread_guard(int max_silent_seconds)
    : handler_stack_(mmap(nullptr, handler_stack_bytes, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
  WYN_CHECK(handler_stack_ != MAP_FAILED, "model checker: no memory for a signal stack");
  steps_at_last_look = ~std::uint64_t{0};
  stack_t stack = {};
  stack.ss_sp = handler_stack_;
  stack.ss_size = handler_stack_bytes;
  sigaltstack(&stack, &former_stack_);
  sigevent event = {};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = SIGVTALRM;
  event._sigev_un._tid = gettid();
  // Without a timer an endless loop goes unnoticed; everything else is as it should be.
  has_timer_ = timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &timer_) == 0;
  if (!has_timer_) return;
  itimerspec when = {};
  when.it_value.tv_sec = when.it_interval.tv_sec = max_silent_seconds;
  timer_settime(timer_, 0, &when, nullptr);
}

thread_guard::~thread_guard() {
  if (has_timer_) timer_delete(timer_);
  sigaltstack(&former_stack_, nullptr);
  munmap(handler_stack_, handler_stack_bytes);
}

}  // namespace wyn::model
