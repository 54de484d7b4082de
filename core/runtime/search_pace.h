// How eagerly one thread takes work from others. A steal moves some cache lines, 0.1 to 0.5
// microseconds each; tasks shorter than that are done sooner by their owner alone. So a thief whose
// stolen tasks turn out short pauses, twice as long each time, and so does one that gets only
// crumbs from a ring, so that a block can form. It counts as searching meanwhile, and the pause is
// short against the search.
#pragma once

#include <algorithm>
#include <chrono>
#include <utility>

namespace wyn {

/// Of one thread. `TimePoint`: of the clock that it goes by, a std::chrono::time_point.
template <class TimePoint>
class search_pace {
 public:
  /// The thread took something at `now`: a crumb, or enough.
  void took(TimePoint now, bool crumb) noexcept {
    taken_at_ = now;
    measuring_ = true;
    crumb_ = crumb;
  }

  /// The thread is out of work again: how long did it last?
  void judge(TimePoint now) noexcept {
    if (!std::exchange(measuring_, false)) return;
    if (crumb_ && now - taken_at_ < worthwhile) {
      pause_ = std::min(longest_pause, std::max(2 * pause_, shortest_pause));
      not_before_ = now + pause_;
    } else {
      pause_ = {};
    }
  }
  bool may_take(TimePoint now) const noexcept { return now >= not_before_; }

 private:
  using duration = typename TimePoint::duration;
  static constexpr duration worthwhile = std::chrono::nanoseconds(2000);
  static constexpr duration shortest_pause = std::chrono::nanoseconds(2000);
  static constexpr duration longest_pause = std::chrono::nanoseconds(20'000);

  TimePoint taken_at_{};
  TimePoint not_before_{};
  duration pause_{};
  bool measuring_ = false;
  bool crumb_ = false;
};

}  // namespace wyn
