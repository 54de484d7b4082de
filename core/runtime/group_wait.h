// The end of a group's member and the sleep of who waits for the group, around group_count.h.
#pragma once

#include "core/runtime/group_count.h"

namespace wyn {

/// A member has ended. `joiners` is the event count of those who sleep in sleep_until_group_done;
/// wake_helpers() wakes the threads that run tasks while they wait; resume() queues the coroutine
/// that waits, which keeps the group alive until it goes on: it is read by resume(), not before.
/// Any thread. Lock-free but for what these three do.
template <class Count, class Events, class WakeHelpers, class Resume>
void finish_member(Count& count, Events& joiners, const WakeHelpers& wake_helpers,
                   const Resume& resume) noexcept {
  const auto waiting = count.finish();
  if (waiting == 0) [[likely]] return;
  if ((waiting & group_waiter::coroutine) != 0) resume();
  if ((waiting & group_waiter::sleeper) != 0) joiners.notify_all();
  if ((waiting & group_waiter::helper) != 0) wake_helpers();
}

/// Sleeps until the group may be done, or may_sleep() has turned false; the caller looks again.
/// Whoever makes it false calls joiners.notify_all() after that. Blocks, in commit(ticket).
template <class Count, class Events, class MaySleep, class Commit>
void sleep_until_group_done(Count& count, Events& joiners, const MaySleep& may_sleep,
                            const Commit& commit) {
  if (!count.await(group_waiter::sleeper)) return;
  const auto ticket = joiners.prepare_wait();
  if (count.done() || !may_sleep()) {
    joiners.cancel_wait();
  } else {
    commit(ticket);
  }
}
/// As above; commit_wait sleeps.
template <class Count, class Events, class MaySleep>
void sleep_until_group_done(Count& count, Events& joiners, const MaySleep& may_sleep) noexcept {
  sleep_until_group_done(count, joiners, may_sleep,
                         [&](const auto& ticket) { joiners.commit_wait(ticket); });
}

}  // namespace wyn
