#include "core/runtime/joinable.h"

#include <chrono>
#include <stdexcept>
#include <thread>

#include "core/base/backoff.h"
#include "core/runtime/scheduler.h"

namespace wyn {

void finish_joinable(joinable& j) noexcept {
  // The joiner may free j as soon as it is finished.
  scheduler& owner = *j.owner;
  if (j.state.finish()) owner.joiners().notify_all();
}

void wait_until_done(joinable& j) {
  using clock = std::chrono::steady_clock;
  const auto deadline = clock::now() + std::chrono::microseconds(j.owner->settings().search_us);
  backoff pauses;
  while (!j.state.done() && clock::now() < deadline) pauses.pause();
  while (!j.state.done()) {
    if (j.owner->forked()) throw spawn_error(spawn_status::forked);
    if (!j.state.await()) {
      // Done, or in the hands of a thread that has taken it from a queue and is about to claim it.
      std::this_thread::yield();
      continue;
    }
    event_count<>& sleepers = j.owner->joiners();
    const event_count<>::ticket ticket = sleepers.prepare_wait();
    if (j.state.done()) {
      sleepers.cancel_wait();
    } else {
      sleepers.commit_wait(ticket);
    }
  }
}

std::exception_ptr thread_ended_error() noexcept {
  return std::make_exception_ptr(std::runtime_error(
      "wyn: the task ended its thread (pthread_exit or cancellation) and has no result"));
}

}  // namespace wyn
