// Which of its two queues serves the batches of a thread that is no worker best, where that cannot
// be told from how long they take: by trying the other one now and then.
//
// Tasks of some ten nanoseconds are done sooner by two threads that take blocks from a ring than by
// one from its deque. Unless they have memory of their own, a closure in a slot of the task pool or
// an object from the heap: on its way to another thread and back that costs more than the task. A
// thread that sees its batches take 40 or 200 ns a task in the ring cannot tell the ones from the
// others. So one batch is timed where it is, and the next one in the other queue; if that takes
// less than three quarters of the time, the thread stays there. The loser is tried again when that
// costs a 64th of the time since. And if a batch in the deque takes half as long again as when the
// deque was found better, all begins anew: the ring is right for what nothing is known about.
//
// Timed is from the first spawn on: what the thread does between its batches does not count.
#pragma once

#include <algorithm>
#include <cstdint>

namespace wyn {

/// Of one thread, which begins with the ring.
class queue_trial {
 public:
  /// A batch that is complete. Times are in nanoseconds a task.
  struct batch {
    std::int64_t tasks;
    double took;    ///< from its first spawn on; 0 if that says nothing
    double waited;  ///< the part of it in which the thread spawned no more
  };

  /// Of a batch that went where next_in_deque() said.
  void judge(const batch& b) noexcept {
    if (next_ == turn::usual) return usual(b);
    if (b.took <= 0) return;  // once more
    if (next_ == turn::trial) return compare(b);
    if (b.waited >= longest_ns) return begin_again();
    timed_ = b;
    next_ = turn::trial;
  }
  void begin_again() noexcept { *this = queue_trial(); }

  /// Whether the next batch goes to the deque.
  bool next_in_deque() const noexcept { return best_is_deque_ != (next_ == turn::trial); }
  /// Whether its first spawn is to be noted.
  bool next_is_timed() const noexcept { return next_ != turn::usual; }

 private:
  enum class turn : unsigned char { usual, timed, trial };

  static constexpr std::int64_t first_after = 2;  // batches
  static constexpr double longest_ns = 512;       // longer tasks are worth the way
  static constexpr double better = 0.75;
  static constexpr double worse = 1.5;
  static constexpr double share_of_trials = 1.0 / 64;
  static constexpr double rarest = 64 / share_of_trials;

  void usual(const batch& b) noexcept {
    if (best_is_deque_ && b.waited > worse * waited_in_deque_) return begin_again();
    if (b.waited < longest_ns && --until_timed_ <= 0) next_ = turn::timed;
  }

  void compare(const batch& trial) noexcept {
    const bool are_alike = trial.tasks / 2 <= timed_.tasks && timed_.tasks / 2 <= trial.tasks;
    const double ratio = are_alike ? trial.took / timed_.took : 1;
    if (ratio < better) best_is_deque_ = !best_is_deque_;
    waited_in_deque_ = ratio < better ? trial.waited : timed_.waited;
    until_timed_ = static_cast<std::int64_t>(
        std::min(std::max(ratio, 1 / ratio) / share_of_trials, rarest));
    next_ = turn::usual;
  }

  turn next_ = turn::usual;
  bool best_is_deque_ = false;
  std::int64_t until_timed_ = first_after;
  batch timed_{};
  double waited_in_deque_ = 0;  // where that is best
};

}  // namespace wyn
