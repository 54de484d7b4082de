#include "core/runtime/joinable.h"

#include <stdexcept>

#include "core/runtime/join_wait.h"
#include "core/runtime/leapfrog.h"
#include "core/runtime/scheduler.h"

namespace wyn {

void finish_joinable(joinable& j) noexcept {
  // The joiner may free j as soon as it is finished.
  scheduler& owner = *j.owner;
  finish_and_wake(j.state, owner.joiners(), [&] { owner.spawn_or_run(*j.continuation); });
}

void wait_until_done(joinable& j) {
  scheduler& s = *j.owner;
  const auto done = [&] { return j.state.done(); };
  if (detail::run_until(s, done, [] { return false; })) return;
  do {
    detail::sleep_as_joiner(s, j.state, [&](auto ticket) { s.joiners().commit_wait(ticket); });
  } while (!done());
}

std::exception_ptr thread_ended_error() noexcept {
  return std::make_exception_ptr(std::runtime_error(
      "wyn: the task ended its thread (pthread_exit or cancellation) and has no result"));
}

}  // namespace wyn
