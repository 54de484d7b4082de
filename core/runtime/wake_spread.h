// How wake-ups spread when there is work for many.
//
// Who is woken wakes the next one once it has found work (work_signal::found_work), and a wake-up
// is some microseconds on its way: one after the other, 64 threads take 0.4 ms until all of them
// run. So a thread that has slept, and whose next task comes out of another's deque, wakes one more
// if there is more work: then each generation is twice as large as the one before.
//
// That ends where many search already: they find what is left, and whoever is woken besides meets
// them at the same few deques. And it does not begin at a ring: a block from there is work enough
// for its taker, whose deque the next ones steal from.
//
// Rejected:  to do so while up to three search: in simulated time trees gain, and bursts of 20 µs
//            with 128 threads fall from 10.7 times one thread to 7.6
//            (docs/decisions/0021-spreading-wake-ups.md, with the others that were tried).
//
// Progress:  a load and a flag where nobody is woken. No allocation.
#pragma once

#include <cstdint>
#include <utility>

namespace wyn {

/// Where no more than these may search, each of them counts (scheduler::wait_to_search), and one
/// wake-up after the other reaches all soon enough.
inline constexpr std::uint32_t searchers_enough = 4;

/// Of one thread.
class wake_spread {
 public:
  /// `in_use`: false where few may search, whom the next wake-up reaches soon enough.
  explicit wake_spread(bool in_use) noexcept : in_use_(in_use) {}

  /// The thread falls asleep, or has slept.
  void slept() noexcept { first_ = in_use_; }

  /// Its search has found a task, in another's deque or elsewhere. It still holds its searching
  /// unit, and ends the search by found_work afterwards.
  template <class Signal, class Work>
  void found(bool in_deque, Signal& signal, const Work& work_visible) noexcept {
    if (!std::exchange(first_, false) || !in_deque) return;
    if (signal.searching() <= most_searching && work_visible()) signal.wake_one_more();
  }

 private:
  /// The thread itself, and one that is there or on its way.
  static constexpr std::uint32_t most_searching = 2;

  const bool in_use_;
  bool first_ = false;  // it has slept, and found nothing since
};

}  // namespace wyn
