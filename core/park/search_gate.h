// How many threads are awake and looking for work: the throttle that keeps a burst of spawns from
// making one futex call each.
//
// While somebody searches, a producer need not wake anybody: it asks the searchers to see to its
// work, once for all who come after. The last of them finds the work, or hands the search on, or
// looks again before it sleeps. A wake-up that is under way counts as a searcher from the moment
// the notifier decides on it, else every spawn until the sleeper runs would wake one more.
//
// State:     one 64-bit word. Lower half, `searching`: threads that hold a searching unit, plus the
//            units that lie in the gate for a thread to come. Upper half, `tokens`: the latter. The
//            highest bit, `asked`: somebody relies on those who search, or who will.
// Invariants: a token is put down only while searching is 0, so tokens is 0 or 1, and at most
//            searching; searching - tokens is the number of threads that hold a unit. Only while
//            searching is not 0 does anybody set asked; it stays until somebody takes the request
//            on who is about to look at everything (take_request).
// Progress:  all operations lock-free; looking, entering and leaving are wait-free. No allocation,
//            no system call.
// Rejected:  to enter by a compare-exchange, which would keep to the limit. Of a crowd that waits
//            for the word's line one gets in, and all others have fetched the line for nothing and
//            fetch it again: with 64 simulated threads 40 % of all time (bench/simulation).
//
// On its own the gate wakes nobody and loses no wake-up; the protocol around it is work_signal.h.
#pragma once

#include <cstdint>

#include "core/base/assert.h"
#include "core/base/env_default.h"
#include "core/base/named.h"
#include "core/park/search_gate_orders.h"

namespace wyn {

/// What a thread that gives its searching unit back leaves behind.
enum class search_end : unsigned char {
  others_search,  ///< it was not the last
  unasked,        ///< nobody searches any more
  asked,          ///< nobody searches any more, and somebody relies on it
};

/// See the head of this file.
template <class Env = env_default, class Orders = search_gate_orders>
class search_gate {
 public:
  constexpr search_gate() noexcept { name_object<Env>(word_, "search gate"); }
  search_gate(const search_gate&) = delete;
  search_gate& operator=(const search_gate&) = delete;

  /// Whether a thread searches or is being woken to search. Any thread; wait-free; one load.
  bool anyone_searching() const noexcept { return searching() != 0; }

  /// Whether somebody searches, and sees to all work that is there. Any thread; wait-free; one
  /// load.
  bool searchers_are_asked() const noexcept {
    const std::uint64_t word = word_.load(Orders::gate_look);
    return searching_of(word) != 0 && is_asked(word);
  }

  /// Units out and units in flight, at some moment. Any thread.
  std::uint32_t searching() const noexcept { return searching_of(word_.load(Orders::gate_look)); }
  /// Units in flight, at some moment. Any thread.
  std::uint32_t tokens() const noexcept { return tokens_of(word_.load(Orders::gate_look)); }

  /// The notifier's right to wake one sleeper: puts down a token when nobody searches. When
  /// somebody does, that one is asked to see to the notifier's work, and this is false. Any thread.
  bool try_claim_wake() noexcept {
    std::uint64_t seen = word_.load(Orders::gate_claim_load);
    do {
      if (searching_of(seen) != 0 && is_asked(seen)) return false;
    } while (!word_.compare_exchange(
        seen, searching_of(seen) == 0 ? seen + one_token + one_unit : seen | asked_bit,
        Orders::gate_claim_cas));
    return searching_of(seen) == 0;
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
  /// token's unit, or adds one where no token lies. A thread that was counted when a token was put
  /// down has left after that, and sees it here, if nobody has taken it. The thread searches from
  /// here on, and gives the unit back by leave_search.
  void enter_after_sleep() noexcept {
    std::uint64_t seen = word_.load(Orders::gate_wake_load);
    while (tokens_of(seen) != 0) {
      if (word_.compare_exchange(seen, seen - one_token, Orders::gate_wake_cas)) return;
    }
    word_.fetch_add(one_unit, Orders::gate_wake_add);
  }

  /// A thread that ran out of work asks to search: true, and it holds a unit, when fewer than
  /// `limit` units are out as it looks. Those who look at the same moment may all get one: it is a
  /// throttle, and each of them ends its search as any other does. Any thread that holds none.
  /// Wait-free.
  bool try_enter_search(std::uint32_t limit) noexcept {
    if (searching_of(word_.load(Orders::gate_enter_load)) >= limit) return false;
    word_.fetch_add(one_unit, Orders::gate_enter);
    return true;
  }

  /// Gives the caller's unit back, and sees from here on what those had seen who did so before. A
  /// caller that has found work, and was the last, must see to it that somebody searches for what
  /// else there is (work_signal::found_work); one that goes to sleep takes a request on
  /// (take_request).
  search_end leave_search() noexcept {
    const std::uint64_t before = word_.fetch_add(std::uint64_t{0} - one_unit, Orders::gate_leave);
    WYN_ASSERT(searching_of(before) > tokens_of(before), "leave_search without a searching unit");
    if (searching_of(before) != 1) return search_end::others_search;
    return is_asked(before) ? search_end::asked : search_end::unasked;
  }

  /// The caller has seen work and leaves it to those who search: asks them, unless somebody has.
  /// False when nobody searches. Any thread.
  bool ask_searchers() noexcept {
    std::uint64_t seen = word_.load(Orders::gate_ask_load);
    do {
      if (searching_of(seen) == 0) return false;
      if (is_asked(seen)) return true;
    } while (!word_.compare_exchange(seen, seen | asked_bit, Orders::gate_ask_cas));
    return true;
  }

  /// Takes on whatever was asked of those who have searched, unless a unit or a token is there
  /// again: then the request stays, and at worst one that nobody needs any more wakes a worker. The
  /// caller makes a heavy fence before it looks at anything.
  void take_request() noexcept {
    std::uint64_t seen = word_.load(Orders::gate_request_load);
    do {
      if (!is_asked(seen) || searching_of(seen) != 0) return;
    } while (!word_.compare_exchange(seen, seen & ~asked_bit, Orders::gate_request_cas));
  }

 private:
  static constexpr std::uint64_t one_unit = 1;
  static constexpr std::uint64_t one_token = std::uint64_t{1} << 32;
  static constexpr std::uint64_t asked_bit = std::uint64_t{1} << 63;

  static std::uint32_t searching_of(std::uint64_t word) noexcept {
    return static_cast<std::uint32_t>(word);
  }
  static std::uint32_t tokens_of(std::uint64_t word) noexcept {
    return static_cast<std::uint32_t>((word & ~asked_bit) >> 32);
  }
  static bool is_asked(std::uint64_t word) noexcept { return (word & asked_bit) != 0; }

  typename Env::template atomic<std::uint64_t> word_{0};
};

}  // namespace wyn
