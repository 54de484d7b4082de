// The end of a task and the sleep of those who join it, around join_state.h and an event count.
#pragma once

#include "core/runtime/join_state.h"

namespace wyn {

/// The thread that claimed the task has run it: says so, and wakes who sleeps until it is done, or
/// has the coroutine resumed that waits for it. The joiner may free `state` at once; `sleepers`
/// stays. resume() reads what the coroutine has stored, which is there until it goes on. Any
/// thread; wait-free but for the system call that wakes somebody, and for resume().
template <class State, class Events, class Resume>
void finish_and_wake(State& state, Events& sleepers, const Resume& resume) noexcept {
  const join_waiter waiting = state.finish();
  if (waiting == join_waiter::none) [[likely]] return;
  if (waiting == join_waiter::sleeper) {
    sleepers.notify_all();
  } else {
    resume();
  }
}
/// For a task that no coroutine awaits.
template <class State, class Events>
void finish_and_wake(State& state, Events& sleepers) noexcept {
  finish_and_wake(state, sleepers, [] {});
}

/// Sleeps, by commit(ticket), until the task may be done: the caller looks again. False when it did
/// not even try, because nobody would wake it: the task is done, or in the hands of a thread that
/// has taken it from a queue and is about to claim it. Blocks.
template <class State, class Events, class Commit>
bool sleep_until_done(State& state, Events& sleepers, const Commit& commit) {
  if (!state.await()) return false;
  const auto ticket = sleepers.prepare_wait();
  if (state.done()) {
    sleepers.cancel_wait();
  } else {
    commit(ticket);
  }
  return true;
}
/// As above; commit_wait sleeps.
template <class State, class Events>
bool sleep_until_done(State& state, Events& sleepers) noexcept {
  return sleep_until_done(state, sleepers,
                          [&](const auto& ticket) { sleepers.commit_wait(ticket); });
}

}  // namespace wyn
