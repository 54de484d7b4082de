// When the oldest task of a deque has its turn, at an owner that never runs out of work.
//
// Newest first would starve what lies at the bottom while tasks go on spawning. But the oldest task
// of a tree is its largest part: whoever takes it lays its small parts on top of those that thieves
// come for, and where thieves come they take the oldest anyway. So the turn goes by time. While
// tasks are short, the clock is not read each time that the loop asks.
#pragma once

#include <chrono>

namespace wyn {

/// Of one thread. `TimePoint`: of the clock that it goes by, a std::chrono::time_point.
template <class TimePoint>
class deques_turn {
 public:
  /// Turns are ten milliseconds apart, and the first is that long after `now`.
  explicit deques_turn(TimePoint now) noexcept : next_(now + between) {}

  /// Whether it is time. `clock()`: the present time.
  template <class Clock>
  bool due(const Clock& clock) noexcept {
    if (--until_clock_ > 0) return false;
    const TimePoint now = clock();
    const bool is_due = now >= next_;
    if (is_due) next_ = now + between;
    until_clock_ = is_due ? 1 : questions_between_looks;
    return is_due;
  }

 private:
  static constexpr std::chrono::milliseconds between{10};
  static constexpr int questions_between_looks = 16;

  TimePoint next_;
  int until_clock_ = 1;
};

}  // namespace wyn
