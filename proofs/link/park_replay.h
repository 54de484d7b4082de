// Replays executions of the event count's code, with either table, through its proof's machine.
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
// Fences:    which of two comes first is a constant of the machine's run. It is taken from the
//            places that the trace gives them, in an order that extends psc; the order of the trace
//            itself need not do that.
// Rings:     the work signal's wake_one changes the epoch without a look at the waiters and without
//            a condition of its own. That is replayed as a notification of a condition for which
//            nobody looks; its publication and its fence, which the code has not, tell the machine
//            nothing that it goes by, and it comes after whoever is announced by then. A work_added
//            of no work is a notification, too. One that looks and does not ring, since somebody
//            searches, stays where it is.
// The end:   after() is not replayed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/checker/tools/trace.h"
#include "proofs/link/machine_stepper.h"
#include "proofs/link/park_machine.h"
#include "proofs/link/park_steps.h"

namespace wyn::link {

class park_replay {
 public:
  using stepper = machine_stepper<park::machine>;

  /// `notifies_all`: the model's notifications are of all. `sleeps`: waits sleep when they can.
  park_replay(const std::vector<park_row>& rows, bool notifies_all, bool sleeps);

  /// Accesses without a row are passed over. Without this call they are a problem.
  void pass_over_unknown_sites() { pass_over_ = true; }

  /// What prevents the replay of `t`, with the step; empty: nothing.
  std::string run(const model::execution_trace& t);

  stepper& machine() { return m_; }

 private:
  using step = model::trace_step;
  using transition = stepper::transition;
  using prepared_row = stepper::prepared<park_row>;
  struct wait {
    std::size_t announced;
    std::size_t fence;         ///< no step: a nap
    std::size_t next;          ///< step of its thread behind the fence, or behind the announcement
    std::size_t end;           ///< the kernel's call, or the withdrawal
    number message;            ///< made by the announcement
    std::vector<bool> missed;  ///< conditions of notifications, by its re-check
    std::vector<bool> behind;  ///< calls of settled_waiters: it misses what came before
  };
  struct notification {
    std::size_t put;    ///< no step: of no condition
    std::size_t fence;  ///< no step: a bare ring
    std::size_t ring;   ///< its change of the epoch, or no step
  };

  void list(const model::execution_trace& t);
  void list_step(std::size_t n);
  void list_misses();
  bool reads_older(const wait& w, std::size_t settle) const;
  notification& of(number i) { return notifications_[static_cast<std::size_t>(i)]; }
  const notification& of(number i) const { return notifications_[static_cast<std::size_t>(i)]; }
  number begin_notification(std::size_t put, std::size_t fence);
  number initial_first(const wait& w, const notification& v) const;
  stepper::state_type initial() const;
  std::string perform(std::size_t n);
  const prepared_row* row_of(const step& s, std::size_t n) const;
  std::string compare_misses(number j);
  std::string step_before(const prepared_row& row);
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

  // Of one run.
  const model::execution_trace* trace_ = nullptr;
  std::size_t end_ = 0;             ///< where after() begins
  std::vector<std::string> sites_;  ///< of each step, without the number
  std::vector<std::size_t> next_;   ///< the next event of its thread, or the number of steps
  std::vector<number> actor_;       ///< of each step: number of the wait, notification or call
  std::vector<number> message_;     ///< of each step: that it makes or reads
  std::vector<wait> waits_;
  std::vector<notification> notifications_;
  std::vector<std::size_t> settles_;  ///< steps that are calls of settled_waiters
};

}  // namespace wyn::link
