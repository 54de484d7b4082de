// How a thread waits for a task that others have stolen: it runs what that task forks on a thief's
// deque (thief_mark.h).
//
// What it runs is a part of what it waits for, so nothing runs on its stack that would not have run
// there without thieves; and the stack grows no deeper than the tree of forks is.
#pragma once

#include <algorithm>
#include <chrono>
#include <thread>

#include "core/base/backoff.h"
#include "core/runtime/join_wait.h"
#include "core/runtime/run_task.h"
#include "core/runtime/scheduler.h"

namespace wyn::detail {

/// Calls run_one(), which says whether it ran something, until done(). False when there was nothing
/// for a while (options::search_us), or in the child of a fork(): the caller sleeps, and comes
/// again. Passes on what run_one() throws.
template <class Done, class RunOne>
bool run_until(const scheduler& s, const Done& done, const RunOne& run_one) {
  using clock = std::chrono::steady_clock;
  const auto patience = std::chrono::microseconds(s.settings().search_us);
  auto deadline = clock::now() + patience;
  backoff pauses;
  while (!done()) {
    if (s.forked()) [[unlikely]] return false;
    if (run_one()) {
      deadline = clock::now() + patience;
      pauses.reset();
      continue;
    }
    pauses.pause();
    if (clock::now() >= deadline) return done();
  }
  return true;
}

/// run_until for what take(t) finds. Nothing leaves this but the unwinding of a task that ends its
/// thread.
template <class Done, class Take>
bool leapfrog(scheduler& s, participant& self, const Done& done, const Take& take) {
  return run_until(s, done, [&] {
    work_item t;
    if (!take(t)) return false;
    run_on_top(s, self, t);
    return true;
  });
}

/// What a joiner does that has waited in vain for a while: sleeps, by commit(ticket), until `state`
/// may be done, or gives way if nobody would wake it. Throws spawn_error in the child of a fork(),
/// where whoever has claimed `state` does not exist. Blocks.
template <class Commit>
void sleep_as_joiner(scheduler& s, join_state<>& state, const Commit& commit) {
  if (s.forked()) throw spawn_error(spawn_status::forked);
  if (!sleep_until_done(state, s.joiners(), commit)) std::this_thread::yield();
}

/// Sleeps as a joiner that has its ticket, and wakes up more and more rarely to run what take(t)
/// finds: a thief that begins to fork when the robbed thread is asleep does not know of it.
template <class Take>
void doze(scheduler& s, participant& self, event_count<>::ticket ticket, const Take& take) {
  std::chrono::nanoseconds most = std::chrono::microseconds(100);
  const std::chrono::nanoseconds longest = std::chrono::milliseconds(10);
  while (!s.joiners().commit_wait_for(ticket, most)) {
    if (work_item t; take(t)) {
      s.joiners().cancel_wait();
      return run_on_top(s, self, t);
    }
    most = std::min(2 * most, longest);
  }
}

}  // namespace wyn::detail
