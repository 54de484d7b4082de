// How many threads are awake and looking for work: the throttle that keeps a burst of spawns from
// making one futex call each.
//
// While somebody searches, a producer need not wake anybody: the searcher will find the work, or
// will look again before it sleeps. A wake-up that is under way counts as a searcher from the
// moment the notifier decides on it, else every spawn until the sleeper runs would wake one more.
//
// State:     one 64-bit word. Lower half, `searching`: threads that hold a searching unit, plus the
//            units that lie in the gate for a thread to come. Upper half, `tokens`: the latter.
// Invariants: a token is put down only while searching is 0, so tokens is 0 or 1, and at most
//            searching; searching - tokens is the number of threads that hold a unit.
// Progress:  all operations lock-free, the look wait-free. No allocation, no system call.
//
// On its own the gate wakes nobody and loses no wake-up; the protocol around it is work_signal.h.
#pragma once

#include <cstdint>

#include "core/base/assert.h"
#include "core/base/env_default.h"
#include "core/base/named.h"
#include "core/park/search_gate_orders.h"

namespace wyn {

/// See the head of this file.
template <class Env = env_default, class Orders = search_gate_orders>
class search_gate {
 public:
  constexpr search_gate() noexcept { name_object<Env>(word_, "search gate"); }
  search_gate(const search_gate&) = delete;
  search_gate& operator=(const search_gate&) = delete;

  /// Whether a thread searches or is being woken to search. Any thread; wait-free; one load.
  bool anyone_searching() const noexcept { return searching() != 0; }

  /// Units out and units in flight, at some moment. Any thread.
  std::uint32_t searching() const noexcept { return searching_of(word_.load(Orders::gate_look)); }
  /// Units in flight, at some moment. Any thread.
  std::uint32_t tokens() const noexcept { return tokens_of(word_.load(Orders::gate_look)); }

  /// The notifier's right to wake one sleeper: puts down a token when nobody searches. False when
  /// somebody does. Any thread.
  bool try_claim_wake() noexcept {
    std::uint64_t seen = word_.load(Orders::gate_claim_load);
    do {
      if (searching_of(seen) != 0) return false;
    } while (!word_.compare_exchange(seen, seen + one_token + one_unit, Orders::gate_claim_cas));
    return true;
  }

  /// The notifier found nobody to wake and takes its token back, unless a thread that was leaving
  /// the event count has taken it: then the unit is that thread's. True when nobody searches any
  /// more: producers may have relied on the token, so the caller looks for sleepers once more.
  ///
  /// The token it removes may be another notifier's, if its own was taken and the gate emptied in
  /// between. The thread that the other one wakes then brings a unit of its own, and the counts
  /// agree.
  bool release_unused_wake() noexcept {
    std::uint64_t seen = word_.load(Orders::gate_unclaim_load);
    do {
      if (tokens_of(seen) == 0) return false;
    } while (!word_.compare_exchange(seen, seen - one_token - one_unit, Orders::gate_unclaim_cas));
    return searching_of(seen) == 1;
  }

  /// Called by every thread that has left the event count, by commit or by cancel: takes over a
  /// token's unit, or adds one. The thread searches from here on, and gives the unit back by
  /// leave_search.
  void enter_after_sleep() noexcept {
    std::uint64_t seen = word_.load(Orders::gate_wake_load);
    while (!word_.compare_exchange(
        seen, tokens_of(seen) != 0 ? seen - one_token : seen + one_unit, Orders::gate_wake_cas)) {
    }
  }

  /// A thread that ran out of work asks to search: true, and it holds a unit, when fewer than
  /// `limit` units are out. Any thread that holds none.
  bool try_enter_search(std::uint32_t limit) noexcept {
    std::uint64_t seen = word_.load(Orders::gate_enter_load);
    do {
      if (searching_of(seen) >= limit) return false;
    } while (!word_.compare_exchange(seen, seen + one_unit, Orders::gate_enter_cas));
    return true;
  }

  /// Gives the caller's unit back. True when it was the last one out. A caller that goes to sleep
  /// needs no more than the sleep's own re-check; one that has found work must see to it that
  /// somebody else searches (work_signal::found_work).
  bool leave_search() noexcept {
    const std::uint64_t before = word_.fetch_add(std::uint64_t{0} - one_unit, Orders::gate_leave);
    WYN_ASSERT(searching_of(before) > tokens_of(before), "leave_search without a searching unit");
    return searching_of(before) == 1;
  }

 private:
  static constexpr std::uint64_t one_unit = 1;
  static constexpr std::uint64_t one_token = std::uint64_t{1} << 32;

  static std::uint32_t searching_of(std::uint64_t word) noexcept {
    return static_cast<std::uint32_t>(word);
  }
  static std::uint32_t tokens_of(std::uint64_t word) noexcept {
    return static_cast<std::uint32_t>(word >> 32);
  }

  typename Env::template atomic<std::uint64_t> word_{0};
};

}  // namespace wyn
