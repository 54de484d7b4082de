// How many members of a task group are missing, and who waits for the last of them.
//
// One word: the number of members that were ever added, the number of those that have not ended,
// and three flags that say who is to be woken when the second number becomes 0.
//
// Roles:     whoever holds a member, or the group before its first one, adds; every member ends
//            once, on any thread; one thread or coroutine at a time waits. The memory of the group
//            may go as soon as done() was true, or as soon as the coroutine that waits goes on:
//            the member that ends last touches nothing after its finish().
// Progress:  wait-free but for await, which retries until the word settles.
// No lost wake-up: a waiter raises its flag by a compare-exchange that fails when nobody is
//            missing. A last member that misses the flag has therefore ended before it was raised,
//            and the waiter does not sleep; one that sees it notifies, and the event count's
//            protocol covers the rest: the waiter looks at done() again after it announced itself.
//            Flags of sleepers stay up: later ends of the same group notify once more for nothing,
//            which costs a fence and a load where nobody sleeps. A coroutine takes its flag back.
// Rejected:  a flag for "somebody waits" alone: threads that run tasks while they wait sleep
//            elsewhere (work_signal.h) than threads that do not (joiners), and to wake all of both
//            would wake every idle worker at each nested wait;
//            a plain count of the maker's own members beside the word (one read-modify-write less
//            for each member): a coroutine that waits may be on another thread by then, which could
//            not read it.
#pragma once

#include <cstdint>

#include "core/base/env_default.h"
#include "core/runtime/runtime_orders.h"

namespace wyn {

/// Who waits for the end of a group, and so what wakes it.
struct group_waiter {
  static constexpr std::uint64_t sleeper = 1;    ///< sleeps among those who join (join_wait.h)
  static constexpr std::uint64_t helper = 2;     ///< runs tasks meanwhile, and sleeps as workers do
  static constexpr std::uint64_t coroutine = 4;  ///< is resumed
};

/// See the head of this file.
template <class Env = env_default, class Orders = group_default_orders>
class group_count {
 public:
  /// What add() answers of a member.
  struct added {
    std::uint32_t number;   ///< how many were added before it, modulo 2^32
    std::uint32_t missing;  ///< how many were missing before it
  };
  /// Members that may be missing at once. Far below what the word can hold, since threads add
  /// first and look then.
  static constexpr std::uint32_t most_missing = std::uint32_t{1} << 28;

  /// Counts a member. The caller has the right to: it made the group, or is a member of it, or
  /// keeps the group from being waited for in some other way. Wait-free.
  added add() noexcept {
    const std::uint64_t before = word_.fetch_add(one_number + one_member, Orders::add_member);
    return {static_cast<std::uint32_t>(before >> 32), missing_in(before)};
  }

  /// A member has ended: what it did is visible to whoever finds done(). The flags of those whom
  /// the caller has to wake; 0 when others are missing, or nobody waits. The group may be gone
  /// then. Wait-free.
  std::uint64_t finish() noexcept {
    const std::uint64_t before = word_.fetch_add(std::uint64_t{0} - one_member, Orders::end_member);
    return missing_in(before) == 1 ? before & flags : 0;
  }

  /// Whether no member is missing; what all of them did is visible then. Any thread; wait-free.
  bool done() const noexcept { return missing_in(word_.load(Orders::done_load)) == 0; }

  /// The caller, one of group_waiter, is about to sleep until the group is done. False when it must
  /// not, because nobody would wake it: no member is missing. Makes nothing visible: done() does.
  /// What a coroutine has stored before is visible to whoever is told to resume it.
  bool await(std::uint64_t who) noexcept {
    std::uint64_t seen = word_.load(Orders::group_await_load);
    do {
      if (missing_in(seen) == 0) return false;
      if ((seen & who) != 0) return true;
    } while (!word_.compare_exchange(seen, seen | who, Orders::group_await_cas));
    return true;
  }

  /// The coroutine goes on: nobody is to resume it again.
  void resumed() noexcept {
    word_.fetch_add(std::uint64_t{0} - group_waiter::coroutine, Orders::resumed_clear);
  }

 private:
  static constexpr std::uint64_t flags = 7;
  static constexpr std::uint64_t one_member = 8;
  static constexpr std::uint64_t one_number = std::uint64_t{1} << 32;

  static std::uint32_t missing_in(std::uint64_t word) noexcept {
    return static_cast<std::uint32_t>(word) >> 3;
  }

  typename Env::template atomic<std::uint64_t> word_{0};
};

}  // namespace wyn
