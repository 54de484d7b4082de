// How a thread waits for a task that others have stolen: it runs what that task forks on a thief's
// deque (thief_mark.h).
//
// What it runs is a part of what it waits for, so nothing runs on its stack that would not have run
// there without thieves; and the stack grows no deeper than the tree of forks is.
#pragma once

#include <algorithm>
#include <chrono>

#include "core/base/backoff.h"
#include "core/runtime/run_task.h"
#include "core/runtime/scheduler.h"

namespace wyn::detail {

/// Runs what take(t) finds, until done(). False when there was nothing for a while
/// (options::search_us): the caller sleeps, and comes again. Nothing else leaves this but the
/// unwinding of a task that ends its thread.
template <class Done, class Take>
bool leapfrog(scheduler& s, participant& self, const Done& done, const Take& take) {
  using clock = std::chrono::steady_clock;
  const auto patience = std::chrono::microseconds(s.settings().search_us);
  auto deadline = clock::now() + patience;
  backoff pauses;
  while (!done()) {
    if (s.forked()) [[unlikely]] return false;
    if (work_item t; take(t)) {
      run_on_top(s, self, t);
      deadline = clock::now() + patience;
      pauses.reset();
      continue;
    }
    pauses.pause();
    if (clock::now() >= deadline) return done();
  }
  return true;
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
