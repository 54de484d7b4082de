// Executions that end with threads that cannot go on.
//
// Blocked is not wrong: a thread that waits for a value it could read, or that assume() has
// stopped, stands for executions that are explored as other graphs. It is wrong when no thread
// could ever go on: every read that a spinning thread repeats already gives the final value, and no
// wake-up can reach a sleeper.
//
// Futex encoding. wait_upper is an await: a load that leaves its thread asleep when the upper half
// is the expected one. In the kernel the comparison and the wake-up are ordered by a lock. Take a
// sleeper that read write w. A wake call k on the word that knows of a later write w' (w' happens
// before k) cannot have come before the comparison, since the sleeper would then have read w' or
// later: it wakes the sleeper, and the graph in which the sleeper reads on is explored too. A wake
// call that knows of no later write may have come first. Under the models sc and tso a wake call
// also knows of all that is before it in po and rf, synchronising or not; what only mo and fr put
// before it is not counted, so that there a loss may be reported that cannot happen, and never the
// reverse. Nor does a sleeper stay asleep that depends on a later write than it read, in po and rf:
// before it compares, the kernel orders itself after all that led to the call. So the sleeper
// sleeps for ever iff there is no wake call of the first sort: a word that changes without a wake
// call does not help, as in the kernel.
//
// Store buffers. Under tso a store may be late, but x86 keeps none for ever: that is why spinning
// is judged by the last writes in mo. A wake call finds the stores before it in its thread in
// memory, since the kernel has a barrier before it looks for sleepers. A comparison is a plain
// load, which may come before older stores of its thread leave the buffer; Linux on x86 locks a
// queue first, so that a loss which needs this is reported although that kernel hides it: the
// interface promises no barrier. wakes_under_tso_test compares with a machine that has all of this.
//
// Under options::limited_wakes a wake call reaches no more sleepers than its count, and which ones
// is not determined. It may have been spent on waits that have ended: on one that could have found
// the old value, does not begin after the call and does not end before it, in po and rf. All
// sleepers sleep for ever iff the wake calls that reach them can be spent on such waits, each wait
// taking one. What only mo and fr put in order is not counted here either, so that a loss may be
// reported that cannot happen. Returns without a cause are another matter: event::gave_up.
//
// Locks and changes. A take (a lock), a take_share and an await_change are woken by a value alone:
// they sleep for ever iff what they read is the last write. A thread that waits for a lock, or for
// the end of a thread, only waits as long as the lock's holder or that thread does, so the failure
// that is reported is that of the thread at the end of such a chain; a chain that is a circle, or
// ends at a thread that has ended, is a deadlock.
#pragma once

#include <cstdint>
#include <vector>

#include "models/checker/graph/graph.h"
#include "models/checker/memory/objects.h"
#include "models/checker/trust/extension.h"

namespace wyn::model {

enum class thread_state : std::uint8_t {
  running,
  finished,
  assumed,   ///< assume(false)
  asleep,    ///< its last event is an await or a take
  spinning,  ///< would repeat the reads from spin_from on
  joining,   ///< waits for the end of another thread
};

struct thread_end {
  thread_state state;
  int spin_from;
  int joins;  ///< while joining: the thread that is waited for
};

struct wake_call {
  int thread;
  int position;  ///< events of the thread before it
  int count;     ///< how many sleepers it wakes at most; negative: all
  std::uint32_t location;
  view known;  ///< the events that it cannot have come before
};

/// Of an execution in which some thread is blocked: the failure that it shows, if any.
violation judge_blocked(const graph& g, const object_table& objects,
                        const recorded_operations& operations,
                        const std::vector<thread_end>& ends, const std::vector<wake_call>& wakes);

}  // namespace wyn::model
