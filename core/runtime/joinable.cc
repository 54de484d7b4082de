#include "core/runtime/joinable.h"

#include <chrono>
#include <stdexcept>
#include <thread>

#include "core/base/backoff.h"
#include "core/runtime/join_wait.h"
#include "core/runtime/scheduler.h"

namespace wyn {

void finish_joinable(joinable& j) noexcept {
  // The joiner may free j as soon as it is finished.
  scheduler& owner = *j.owner;
  finish_and_wake(j.state, owner.joiners(), [&] { owner.spawn_or_run(*j.continuation); });
}

void wait_until_done(joinable& j) {
  using clock = std::chrono::steady_clock;
  const auto deadline = clock::now() + std::chrono::microseconds(j.owner->settings().search_us);
  backoff pauses;
  while (!j.state.done() && clock::now() < deadline) pauses.pause();
  while (!j.state.done()) {
    if (j.owner->forked()) throw spawn_error(spawn_status::forked);
    if (!sleep_until_done(j.state, j.owner->joiners())) std::this_thread::yield();
  }
}

std::exception_ptr thread_ended_error() noexcept {
  return std::make_exception_ptr(std::runtime_error(
      "wyn: the task ended its thread (pthread_exit or cancellation) and has no result"));
}

}  // namespace wyn
