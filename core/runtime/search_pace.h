// How eagerly one thread takes work from others. A steal moves some cache lines, 0.1 to 0.5
// microseconds each, and takes the bias of the victim's deque; tasks shorter than that are done
// sooner by their owner alone. So a thief whose stolen tasks turn out short pauses, twice as long
// each time, and so does one that gets only crumbs from a ring, so that a block can form. It counts
// as searching meanwhile.
//
// A whole block of a ring is worth the way, whatever the tasks are. But a thief that is done with
// it sooner than the producer with the next one follows it line by line: each line of the ring is
// moved while it is written. So who has run a block of trifles keeps its distance for some time
// (block_source.h), and leaves the deques alone, for others run such blocks there.
//
// An owner that works at its queue does without a thief for some time. What must not wait is the
// queue of an owner that is busy with one task: so a thief that pauses looks now and then whether
// the owner's end of a deque is where it was at the look before, and if it is, takes from there,
// and goes on while it stays there (standing_deque.h). A look takes the line from its owner, too,
// for as long as a hundred spawns take. Where hundreds of tasks came or went since the look before,
// the next looks are rarer, and nothing is taken until one of them finds the owner slower: it tells
// what a theft would, which moves more lines. But not for ever: what such an owner left at the
// other end may be old.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <utility>

#include "core/runtime/trifle_of_many.h"

namespace wyn {

/// What a thread took elsewhere.
enum class loot : unsigned char {
  block,          ///< many tasks from a ring
  part_of_block,  ///< few tasks from a ring, whose producer runs none
  single,         ///< one task from a deque, whose owner runs them, too
};

/// Of one thread. `TimePoint`: of the clock that it goes by, a std::chrono::time_point.
template <class TimePoint>
class search_pace {
  using duration = typename TimePoint::duration;

 public:
  /// `threads`: how many may be thieves, who share the time that an owner of trifles is left alone.
  explicit search_pace(std::uint32_t threads) noexcept
      : longest_for_trifles_(std::max(threads / 2, 1u) * longest_for_trifles) {}

  void took(loot what) noexcept {
    taken_ = what;
    measuring_ = true;
  }
  /// Whether what was taken last, and is not judged yet, came from a deque.
  bool has_stolen() const noexcept { return measuring_ && taken_ == loot::single; }
  /// Whether begins() and judge() want to know the time.
  bool is_measuring() const noexcept { return measuring_; }
  /// What was taken begins. The way from there, past the search gate, is long where many search: it
  /// would make short tasks look longer, pauses shorter, and the crowd at the gate larger.
  void begins(TimePoint now) noexcept { begun_at_ = now; }

  /// The thread is out of work again: how long did it last?
  void judge(TimePoint now) noexcept {
    if (!std::exchange(measuring_, false)) return;
    const duration lasted = now - begun_at_;
    const bool enough = lasted >= worthwhile;
    if (taken_ == loot::part_of_block) {
      take_pause_ = enough ? duration{} : longer(take_pause_, longest);
      take_at_ = now + take_pause_;
    } else if (taken_ == loot::block) {
      take_pause_ = {};
      distant_until_ = enough ? now : now + longest;
      if (steal_at_ < distant_until_) {
        steal_at_ = distant_until_;
        watch_nobody(now);
      }
    } else {
      most_ = lasted < trifle ? longest_for_trifles_ : longest;
      steal_pause_ = enough ? duration{} : longer(steal_pause_, most_);
      steal_at_ = now + steal_pause_;
      watch_nobody(now);
    }
  }
  /// A block from a ring.
  bool may_take(TimePoint now) const noexcept { return now >= take_at_; }
  /// Only where the producer is far. Who finds none that is looks_later().
  bool keeps_distance(TimePoint now) const noexcept { return now < distant_until_; }
  void looks_later(TimePoint now) noexcept { take_at_ = now + between_looks_at_rings; }
  /// A task from a deque; but see passes_over().
  bool may_steal(TimePoint now) const noexcept { return now >= steal_at_; }
  /// Whether to take nothing from the deque of `who`, to whom trifles were seen to come, or go, by
  /// hundreds.
  bool passes_over(TimePoint now, std::uint32_t who) const noexcept {
    return who == passed_over_ && now < passes_until_;
  }

  /// Whether it is time to look at a queue again, during a pause, or while one is passed over.
  bool may_look(TimePoint now) const noexcept {
    return now >= look_at_ && (!may_steal(now) || passed_over_ != nobody);
  }
  /// Whose queue to look at, as the last watch() said.
  std::uint32_t watched() const noexcept { return watched_; }
  /// Whether it stands still, if the owner's end is `end` and `length` tasks are there: its owner
  /// is busy with one. For all others a new pause begins, and the next look is at the same one.
  bool stands_still(TimePoint now, std::int64_t end, std::int64_t length) noexcept {
    if (end_ == unknown) return false;
    if (length == 0 || end != end_) {
      judge_owner(now, end < end_ ? end_ - end : end - end_);
      return false;
    }
    if (watched_ == passed_over_) passed_over_ = nobody;
    between_looks_ = shortest_between_looks;
    look_at_ = now + between_looks_;
    steal_pause_ = longer(steal_pause_, most_);
    steal_at_ = now + steal_pause_;
    return true;
  }
  /// Which queue to look at next, and where its owner's end is at present.
  void watch(TimePoint now, std::uint32_t who, std::int64_t end) noexcept {
    watched_ = who;
    end_ = end;
    watched_since_ = now;
    look_at_ = now + between_looks_;
  }

  /// A search that lasts, since there is work that cannot be taken, looks at all queues as seldom:
  /// each look takes a line from its owner.
  duration between_looks_at_all() const noexcept {
    return between_looks_ > shortest_between_looks ? between_looks_ : between_looks_of_all;
  }

 private:
  static duration longer(duration pause, duration most) noexcept {
    return std::min(most, std::max(2 * pause, shortest));
  }

  void watch_nobody(TimePoint now) noexcept { watch(now, 0, unknown); }
  // Its end has moved by that many tasks. None: it may have nothing to do, which says nothing.
  void judge_owner(TimePoint now, std::int64_t moved) noexcept {
    if (moved == 0) return;
    const bool fast = moved * trifle_of_many >= now - watched_since_;
    between_looks_ = fast ? std::min(2 * between_looks_, longest_between_looks)
                          : shortest_between_looks;
    if (fast && (watched_ != passed_over_ || now >= passes_until_)) {
      passed_over_ = watched_;
      passes_until_ = now + longest_pass;
    } else if (!fast && watched_ == passed_over_) {
      passed_over_ = nobody;
    }
  }

  static constexpr std::int64_t unknown = -1;
  static constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();
  static constexpr duration worthwhile = std::chrono::nanoseconds(2000);
  static constexpr duration trifle = std::chrono::nanoseconds(250);
  static constexpr duration shortest = std::chrono::nanoseconds(2000);
  static constexpr duration longest = std::chrono::nanoseconds(20'000);
  static constexpr duration longest_for_trifles = std::chrono::nanoseconds(320'000);
  static constexpr duration shortest_between_looks = std::chrono::nanoseconds(5000);
  static constexpr duration longest_between_looks = std::chrono::nanoseconds(40'000);
  static constexpr duration longest_pass = std::chrono::milliseconds(10);
  static constexpr duration between_looks_of_all = std::chrono::nanoseconds(2000);
  static constexpr duration between_looks_at_rings = std::chrono::nanoseconds(3000);

  const duration longest_for_trifles_;
  TimePoint begun_at_{};
  TimePoint take_at_{};
  TimePoint distant_until_{};
  TimePoint steal_at_{};
  TimePoint look_at_{};
  TimePoint watched_since_{};
  TimePoint passes_until_{};
  duration take_pause_{};
  duration steal_pause_{};
  duration most_{};  // for steal_pause_
  duration between_looks_ = shortest_between_looks;
  std::int64_t end_ = unknown;  // of the queue that is watched
  std::uint32_t watched_ = 0;
  std::uint32_t passed_over_ = nobody;
  bool measuring_ = false;
  loot taken_ = loot::block;
};

}  // namespace wyn
