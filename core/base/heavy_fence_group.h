// Heavy fences that several threads want at once: one call serves all who asked before it began.
//
// A heavy fence is a system call that interrupts every thread of the process that runs, and the
// kernel makes such calls one after the other. With many threads they are what all wait for
// (bench/simulation); and a call that begins after two threads have asked is as good for both.
//
// Papers:    group commit: DeWitt et al., "Implementation techniques for main memory database
//            systems", SIGMOD 1984, section 5. The word is the sequence number of Linux's expedited
//            grace periods (kernel/rcu/rcu.h, rcu_seq_snap and rcu_seq_done). Departure: there a
//            mutex holds those who wait; here a waiter whose patience ends calls by itself.
// Roles:     any thread, any number at once.
// State:     one 64-bit word, which only grows: 2k when k calls have ended and none runs, 2k + 1
//            while call k + 1 runs. An asker writes what is there: it changes nothing, and is in
//            the word's modification order.
// Progress:  wait-free but for the calls and for compare-exchanges that lose to others' progress: a
//            waiter looks at most `Patience` times, then makes the call itself, and ends the one it
//            has waited for, so that a thread that stopped in the middle of its call (or is missing
//            after a fork) delays each of the others once.
// Theorem (a served fence is a heavy fence): let A return from fence(). There is a heavy fence H
// such that all that happens before A's ask (HF3) happens before H, and H happens before all that
// comes after A's return. So whatever A's own heavy fence in between would order, H does; and HF1
// and HF8 are the acquire and the release fence that it would be as well.
// Proof. If A made a call, H is that. Else A read, by HF4, a value that is at least the end e of
// the first call to begin after A's ask in the word's modification order: calls begin on even
// values and end on odd ones, so if the ask read 2k, e is 2k + 2, and if it read 2k + 1, e is
// 2k + 4. All changes of the word are read-modify-writes: each goes on with the release sequences
// of all before it. Let E be the change to e, and H the heavy fence that its thread passed before.
// That thread had made e - 1 before H, by HF5, or read it before H, by HF4; e - 1 comes after A's
// ask, a release, and HF4 is an acquire, H an acquire fence: A's ask happens before H. H is a
// release fence, too, and A read, by an acquire, from E or from what follows: H happens before
// A's return.
//
// The models in models/fence explore it, with the checker's light and heavy fences.
//
// Rejected:  to join a call that runs already: it may have passed a thread before that one's store
//            was made (broken_groups.h: an asker is not served); to end a call by a store or an
//            addition: the first breaks the release sequences of those who asked meanwhile, the
//            second spoils the count when two end the same call.
#pragma once

#include <cstdint>

#include "core/base/cache_line.h"
#include "core/base/heavy_fence_orders.h"
#include "core/base/named.h"

namespace wyn {

/// See the head of this file. `Env::fence` of the row HF6 is one call. `Patience`: how often a
/// waiter looks before it makes a call of its own.
template <class Env, class Orders = heavy_fence_orders, int Patience = 256>
class alignas(cache_line_bytes) heavy_fence_group {
 public:
  constexpr heavy_fence_group() noexcept { name_object<Env>(calls_, "calls"); }
  heavy_fence_group(const heavy_fence_group&) = delete;
  heavy_fence_group& operator=(const heavy_fence_group&) = delete;

  /// A heavy fence of the calling thread. Any thread. A call of its own if nobody else is about to
  /// make one, else it waits for the next one to end: at most for the one that runs, and for that.
  void fence() noexcept {
    Env::fence(Orders::group_fence_before);
    ask_and_wait();
    Env::fence(Orders::group_fence_after);
  }

  /// How many calls have ended, at some moment. Any thread; for statistics.
  std::uint64_t calls() const noexcept { return calls_.load(Orders::group_look) / 2; }

 protected:
  static constexpr bool runs(std::uint64_t word) noexcept { return word % 2 != 0; }
  // The word when the first call has ended that begins after `word` was read.
  static constexpr std::uint64_t end_of_next(std::uint64_t word) noexcept {
    return word + (runs(word) ? 3 : 2);
  }

  void ask_and_wait() noexcept {
    const std::uint64_t served = end_of_next(ask());
    int looks = 0;
    std::uint64_t seen = calls_.load(Orders::group_look);
    while (seen < served) {
      if (!runs(seen)) {
        if (calls_.compare_exchange(seen, seen + 1, Orders::group_begin)) return call(seen + 1);
      } else {
        if (++looks == Patience) return call(seen);
        for (int i = 0; i < pauses_between_looks; ++i) Env::pause();
      }
      seen = calls_.load(Orders::group_look);
    }
  }

  // Writes what the word has already: into its modification order. An addition of 0 would do, but
  // clang makes that a fence and a load. Fails only when a call begins or ends.
  std::uint64_t ask() noexcept {
    std::uint64_t seen = calls_.load(Orders::group_ask_load);
    while (!calls_.compare_exchange(seen, seen, Orders::group_ask)) {
    }
    return seen;
  }

  // The call that `running` stands for: the caller's, or one that somebody else has begun and not
  // ended. Whoever ends it second changes nothing. Apart from the loop: beside a system call that
  // costs nothing, and the instructions can be told from each other (proofs/codegen).
  [[gnu::noinline]] void call(std::uint64_t running) noexcept {
    Env::fence(Orders::group_call);
    calls_.compare_exchange(running, running + 1, Orders::group_end);
  }

  typename Env::template atomic<std::uint64_t> calls_{0};

 private:
  static constexpr int pauses_between_looks = 16;
};

}  // namespace wyn
