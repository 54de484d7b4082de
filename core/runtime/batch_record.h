// What became of the tasks that a thread which is no worker spawned before it waited for them, and
// so where it queues the next ones.
//
// In its ring, others come for whole blocks: the right place, unless the tasks are trifles, shorter
// than the way to another thread. Those the waiting thread runs itself; and it would have had them
// sooner from its deque, without moving them from queue to queue, and without the thieves who have
// made the way. So a thread that has run a whole batch of trifles while it waited queues in its
// deque for now. So does one whose batches are found to take less time that way (queue_trial.h).
//
// From a deque others take one task at a time, and those seldom, if they are trifles, whose owner
// is expected to run them. An owner that does not come back to wait would leave them lying. So it
// is trusted for four times as long as it took to spawn the last batch, and 100 ms at most, from
// the first spawn of the next one on; the clock is asked then, and once in some hundred spawns.
// When it queues in its ring again, what it left in its deque stands still, and is taken
// (search_pace.h).
//
// Rejected:  deques for all foreign threads: 10,000 tasks of 50 ns take two threads twice as long,
//            as much as one. A thief that sees the owner stay away: it cannot tell a long batch
//            from a thread that never waits.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "core/runtime/queue_trial.h"
#include "core/runtime/trifle_of_many.h"

namespace wyn {

/// Of one thread. `TimePoint`: of the clock that it goes by, a std::chrono::time_point.
template <class TimePoint>
class batch_record {
 public:
  /// Fewer tasks are no batch: they say nothing.
  static constexpr std::int64_t least_tasks = 256;

  /// Of a thread that takes over at `now`, when `spawned` tasks have been counted.
  batch_record(TimePoint now, std::uint64_t spawned) noexcept
      : ran_out_at_(now), spawned_(spawned) {}

  /// Whether `spawned`, the number of tasks that the thread has spawned in its life, is a batch
  /// more than when it ran out of them last.
  bool is_batch(std::uint64_t spawned) const noexcept {
    return static_cast<std::int64_t>(spawned - spawned_) >= least_tasks;
  }
  /// The thread begins to wait for a batch; it has run `completed` tasks in its life.
  void wait_begins(TimePoint now, std::uint64_t completed) noexcept {
    began_at_ = now;
    completed_ = completed;
    is_open_ = true;
  }
  /// Whether ran_out() is yet to come.
  bool is_open() const noexcept { return is_open_; }
  /// Nothing of its own is left, for the first time in this wait. `workers`: how many others may
  /// have run tasks of the batch since it was begun. `room`: what its queues can hold, which tells
  /// whether one of them has grown meanwhile: then the time of the batch is not that of others.
  void ran_out(TimePoint now, std::uint64_t completed, std::uint64_t spawned, unsigned workers,
               std::int64_t room) noexcept {
    const auto tasks = static_cast<std::int64_t>(spawned - spawned_);
    const auto ran = static_cast<std::int64_t>(completed - completed_);
    const TimePoint first_at = knows_first_ ? first_at_ : ran_out_at_;
    were_trifles_ = are_trifles(ran, now - began_at_) ||
                    are_trifles(tasks - ran, workers * (now - first_at));
    if (were_trifles_) {
      trial_.begin_again();
    } else {
      const bool is_timed = knows_first_ && room == room_;
      trial_.judge({tasks, is_timed ? of_one(now - first_at, tasks) : 0,
                    of_one(now - began_at_, tasks)});
    }
    trust_ = std::clamp<duration>(4 * (began_at_ - first_at), shortest_trust, longest_trust);
    ran_out_at_ = now;
    spawned_ = spawned;
    room_ = room;
    is_open_ = false;
    knows_first_ = false;
  }

  /// Whether the last batch was one of trifles, and the thread has come back in time since.
  bool were_trifles() const noexcept { return were_trifles_; }

  /// The wait has ended. Whether the next spawns are to ask where they go.
  bool begins_asking() noexcept {
    is_first_ = true;
    return next_in_deque() || trial_.next_is_timed();
  }
  /// Before the first of them, and now and then: whether it goes to the deque. If not, no more are
  /// to ask before the next wait.
  bool trusts(TimePoint now) noexcept {
    if (is_first_) begins(now);
    if (now < trusted_until_) return next_in_deque();
    were_trifles_ = false;
    trial_.begin_again();
    return false;
  }

 private:
  using duration = typename TimePoint::duration;
  static constexpr duration shortest_trust = std::chrono::microseconds(100);
  static constexpr duration longest_trust = std::chrono::milliseconds(100);

  static bool are_trifles(std::int64_t tasks, duration took) noexcept {
    return tasks >= least_tasks && took < tasks * trifle_of_many;
  }
  static double of_one(duration took, std::int64_t tasks) noexcept {
    return std::chrono::duration<double, std::nano>(took).count() / static_cast<double>(tasks);
  }
  bool next_in_deque() const noexcept { return were_trifles_ || trial_.next_in_deque(); }
  // What is waited for in between, and is no batch, does not begin another one.
  void begins(TimePoint now) noexcept {
    if (!knows_first_) first_at_ = now;
    knows_first_ = true;
    is_first_ = false;
    trusted_until_ = now + trust_;
  }

  TimePoint began_at_{};
  TimePoint ran_out_at_;
  TimePoint first_at_{};
  TimePoint trusted_until_{};
  duration trust_{};
  std::uint64_t completed_ = 0;
  std::uint64_t spawned_;
  std::int64_t room_ = 0;
  queue_trial trial_;
  bool is_open_ = false;
  bool is_first_ = false;     // the next spawn, since the last wait
  bool knows_first_ = false;  // of the batch
  bool were_trifles_ = false;
};

}  // namespace wyn
