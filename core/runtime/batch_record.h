// What became of the tasks that a thread which is no worker spawned before it waited for them, and
// so where it queues the next ones.
//
// In its ring, others come for whole blocks: the right place, unless the tasks are trifles, shorter
// than the way to another thread. Those the waiting thread runs itself; and it would have had them
// sooner from its deque, without moving them from queue to queue, and without the thieves who have
// made the way. So a thread that has run a whole batch of trifles while it waited queues in its
// deque for now.
//
// From a deque others take one task at a time, and those seldom, if they are trifles, whose owner
// is expected to run them. An owner that does not come back to wait would leave them lying. So it
// is trusted for four times as long as it took to spawn the last batch, and 100 ms at most; the
// clock is asked once in some hundred spawns. When it queues in its ring again, what it left in its
// deque stands still, and is taken (search_pace.h).
//
// Rejected:  deques for all foreign threads: 10,000 tasks of 50 ns take two threads twice as long,
//            as much as one. A thief that sees the owner stay away: it cannot tell a long batch
//            from a thread that never waits.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "core/runtime/trifle_of_many.h"

namespace wyn {

/// Of one thread. `TimePoint`: of the clock that it goes by, a std::chrono::time_point.
template <class TimePoint>
class batch_record {
 public:
  /// Fewer tasks are no batch: they say nothing.
  static constexpr std::int64_t least_tasks = 256;
  /// Spawns between two looks at the clock.
  static constexpr int spawns_between_looks = 512;

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
  /// have run tasks of the batch since it was begun.
  void ran_out(TimePoint now, std::uint64_t completed, std::uint64_t spawned,
               unsigned workers) noexcept {
    const auto ran = static_cast<std::int64_t>(completed - completed_);
    const auto ran_by_others = static_cast<std::int64_t>(spawned - spawned_) - ran;
    are_trifles_ = were_trifles(ran, now - began_at_) ||
                   were_trifles(ran_by_others, workers * (now - ran_out_at_));
    trusted_until_ =
        now + std::clamp<duration>(4 * (began_at_ - ran_out_at_), shortest_trust, longest_trust);
    ran_out_at_ = now;
    spawned_ = spawned;
    is_open_ = false;
  }

  /// Whether the next batch is to go to the deque. The wait has ended: counts spawns from here.
  bool begins_trusted() noexcept {
    spawns_until_look_ = spawns_between_looks;
    return are_trifles_;
  }
  /// Before a spawn that goes there: whether that needs no look at the clock.
  [[gnu::always_inline]] bool trusts_blindly() noexcept { return --spawns_until_look_ > 0; }
  /// Otherwise: whether the thread is trusted on. If not, not before its next batch.
  bool trusts(TimePoint now) noexcept {
    spawns_until_look_ = spawns_between_looks;
    return are_trifles_ = now < trusted_until_;
  }

 private:
  using duration = typename TimePoint::duration;
  static bool were_trifles(std::int64_t tasks, duration took) noexcept {
    return tasks >= least_tasks && took < tasks * trifle_of_many;
  }
  static constexpr duration shortest_trust = std::chrono::microseconds(100);
  static constexpr duration longest_trust = std::chrono::milliseconds(100);

  TimePoint began_at_{};
  TimePoint ran_out_at_;
  TimePoint trusted_until_{};
  std::uint64_t completed_ = 0;
  std::uint64_t spawned_;
  int spawns_until_look_ = 0;
  bool is_open_ = false;
  bool are_trifles_ = false;
};

}  // namespace wyn
