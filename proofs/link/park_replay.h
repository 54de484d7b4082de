// Replays executions of the event count's code through a machine of its proof, with either table.
//
// An execution comes as a trace with the steps that are no events (models/checker/tools/trace.h),
// since a wake call is one. Each access to the word, each fence and each call of the kernel must be
// a step of the machine that park_steps.h allows; before it the step's obligations must hold, and
// in the state after it every conjunct of the invariant. What was read and written must be what the
// machine has. And a re-check that misses a condition must be one that the machine lets miss it.
//
// Sleep:     the explorer's wait is one event, the read that lets the thread go on. Whether it
//            slept is open, so an execution is replayed twice: nobody sleeps; and each wait that
//            ends with that event sleeps as soon as the kernel would let it, until it is woken, or
//            returns by itself.
// Fences:    a heavy fence has no event in the other threads. In the machine it hits each
//            notification at some point between the wait's announcement and its next event:
//            anywhere, unless the re-check missed the condition (then before it was made true) or
//            the notifier missed the announcement (then after it looked). The replay looks for an
//            order of po and rf with room for that. If there is none, the machine has no such run,
//            since it would be one; and placement_missing() says that this is why.
// Rings:     the work signal's wake_one changes the epoch without a look at the waiters and without
//            a condition of its own. That is replayed as a notification of a condition for which
//            nobody looks; its publication and its fence, which the code has not, tell the machine
//            nothing that it goes by. A notification that looks and does not ring, since somebody
//            searches, stays where it is.
// The end:   after() is not replayed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "models/checker/tools/trace.h"
#include "proofs/link/machine_stepper.h"
#include "proofs/link/park_asymmetric_machine.h"
#include "proofs/link/park_steps.h"
#include "proofs/link/park_symmetric_machine.h"

namespace wyn::link {

/// `Machine`: park::asymmetric::machine or park::symmetric::machine.
template <class Machine>
class park_replay {
 public:
  using stepper = machine_stepper<Machine>;

  /// `notifies_all`: the model's notifications are of all. `sleeps`: waits sleep when they can.
  park_replay(const std::vector<park_row>& rows, bool notifies_all, bool sleeps);

  /// Accesses without a row are passed over. Without this call they are a problem.
  void pass_over_unknown_sites() { pass_over_ = true; }

  /// What prevents the replay of `t`, with the step; empty: nothing.
  std::string run(const model::execution_trace& t);
  /// The last run has a problem because a heavy fence has no place.
  bool placement_missing() const { return placement_missing_; }

  stepper& machine() { return m_; }

 private:
  using step = model::trace_step;
  using transition = typename stepper::transition;
  using prepared_row = typename stepper::template prepared<park_row>;
  struct wait {
    std::size_t announced;
    std::size_t fence;
    std::size_t next;          ///< step of its thread behind the fence
    std::size_t end;           ///< the wait_upper, or the withdrawal
    number message;            ///< made by the announcement
    std::vector<bool> missed;  ///< conditions of notifications, by its re-check
  };
  struct notification {
    std::size_t put;
    std::size_t load;
    number message;  ///< that the load returns
    bool rings;      ///< it has changed the epoch
  };
  struct hit {
    number wait;
    number notification;
  };

  void list(const model::execution_trace& t);
  void list_step(std::size_t n);
  void list_misses();
  bool rings(number i) const { return notifications_[static_cast<std::size_t>(i)].rings; }
  bool reorder(bool after_the_fence);
  void place_hits();
  std::string perform(std::size_t n);
  const prepared_row* row_of(const step& s, std::size_t n) const;
  std::string take_named(const char* name, number me, number to = 0);
  bool may_take(const char* name) const;
  std::string begin_fence(number j);
  std::string hit_now(const hit& h);
  std::string end_fence(number j);
  std::string fence_event(std::size_t n);
  std::string compare_misses(number j);
  std::string step_before(const prepared_row& row, std::size_t n);
  std::string compare(const step& s, std::size_t n);
  std::string fall_asleep(std::size_t n);
  std::string fall_asleep_if_possible(number j);
  number first_to_wake() const;
  std::string finish() const;

  stepper m_;
  std::vector<prepared_row> rows_;
  bool notifies_all_;
  bool sleeps_;
  bool pass_over_ = false;
  bool placement_missing_ = false;

  // Of one run.
  const model::execution_trace* trace_ = nullptr;
  model::execution_trace reordered_;
  std::size_t end_ = 0;             ///< where after() begins
  std::vector<std::string> sites_;  ///< of each step, without the number
  std::vector<std::size_t> next_;   ///< the next event of its thread, or the number of steps
  std::vector<number> actor_;       ///< of each step: number of the wait, notification or call
  std::vector<number> message_;     ///< of each step: that it makes or reads
  std::vector<wait> waits_;
  std::vector<notification> notifications_;
  number settles_ = 0;
  std::map<std::size_t, std::vector<hit>> hits_before_;
  std::map<std::size_t, std::vector<hit>> hits_after_;
};

extern template class park_replay<park::asymmetric::machine>;
extern template class park_replay<park::symmetric::machine>;

}  // namespace wyn::link
