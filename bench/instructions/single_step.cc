#include "bench/instructions/single_step.h"

#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <system_error>

#include "bench/instructions/counted_clock.h"

namespace wyn::bench {

namespace {

constexpr int mark = SIGSTOP;
constexpr int exit_not_permitted = 77;

[[noreturn]] void run_traced(const std::function<bool(const counted_region&)>& body) {
  if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(exit_not_permitted);
  bool good = false;
  try {
    good = body(counted_region());
  } catch (...) {
  }
  _exit(good ? 0 : 1);
}

// The child, stopped or ended. Its other threads are not traced, and not seen here.
class traced_process {
 public:
  explicit traced_process(pid_t pid) noexcept : pid_(pid) { wait(); }
  ~traced_process() {
    if (ended()) return;
    kill(pid_, SIGKILL);
    while (!ended() && wait()) {
    }
  }
  traced_process(const traced_process&) = delete;
  traced_process& operator=(const traced_process&) = delete;

  bool ended() const noexcept { return WIFEXITED(status_) || WIFSIGNALED(status_); }
  bool stopped_by(int signal) const noexcept {
    return WIFSTOPPED(status_) && WSTOPSIG(status_) == signal;
  }
  bool exited_with(int code) const noexcept {
    return WIFEXITED(status_) && WEXITSTATUS(status_) == code;
  }
  bool step() noexcept { return resume(PTRACE_SINGLESTEP); }
  bool go_on() noexcept { return resume(PTRACE_CONT); }

 private:
  template <class Request>
  bool resume(Request request) noexcept {
    return ptrace(request, pid_, nullptr, nullptr) == 0 && wait();
  }
  bool wait() noexcept { return waitpid(pid_, &status_, 0) == pid_; }

  pid_t pid_;
  int status_ = 0;
};

// Between two marks. What the marks themselves take is part of it.
step_count count_between_marks(const std::function<bool(const counted_region&)>& body) {
  const pid_t pid = fork();
  if (pid < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (pid == 0) run_traced(body);
  traced_process child(pid);
  if (child.exited_with(exit_not_permitted)) return {step_failure::not_permitted, 0};
  if (!child.stopped_by(mark)) return {step_failure::failed, 0};
  std::uint64_t steps = 0;
  do {
    if (!child.step()) return {step_failure::not_permitted, 0};
    ++steps;
  } while (child.stopped_by(SIGTRAP));
  if (!child.stopped_by(mark) || !child.go_on()) return {step_failure::failed, 0};
  if (!child.exited_with(0)) return {step_failure::failed, 0};
  return {step_failure::none, steps};
}

}  // namespace

void counted_region::begin() const noexcept {
  begin_counted_clock();
  raise(mark);
}

void counted_region::end() const noexcept {
  raise(mark);
  end_counted_clock();
}

step_count count_instructions(const std::function<bool(const counted_region&)>& body) {
  const step_count empty = count_between_marks([](const counted_region& region) {
    region.begin();
    region.end();
    return true;
  });
  if (empty.failure != step_failure::none) return empty;
  step_count full = count_between_marks(body);
  if (full.failure == step_failure::none) full.instructions -= empty.instructions;
  return full;
}

}  // namespace wyn::bench
