// Sleeping until somebody has something to say, without a lock and without a lost wake-up.
//
// A waiter announces itself, re-reads every condition it waits for, and only then blocks; a
// notifier makes a condition true first and looks for waiters second. The two fences make it
// impossible that each misses the other (Dekker's protocol).
//
//     waiter:   ticket = prepare_wait();                    notifier:  queue.push(work);
//               if (queue.empty()) commit_wait(ticket);                notify_one();
//               else cancel_wait();
//
// Papers:    Dekker's protocol on weak memory as in the eventcounts of folly and Eigen; asymmetric
//            fences, P1202R5; Reed & Kanodia, "Synchronization with Eventcounts and Sequencers",
//            CACM 22(2), 1979.
// Roles:     any thread waits, any thread notifies.
// Progress:  notify is wait-free, and a load and a branch when nobody waits; prepare_wait and
//            cancel_wait are wait-free; commit_wait blocks.
// State:     one 64-bit word. Upper half: the epoch, which is the futex word. Lower half: how many
//            threads are between prepare_wait and the end of their commit_wait or cancel_wait.
// Invariants: the epoch never stays when there is a notification and a waiter to hear it: a waiter
//            whose ticket is the current epoch was not notified since it took the ticket.
// Who is woken: every waiter that is counted when the epoch changes and has not blocked yet,
//            because it finds the epoch changed; and up to 1, or all, of those blocked. So
//            notify_one wakes one *or more*, and it is meant for waiters that can stand in for
//            each other.
// Naps:      the waiter's fence is a heavy one, which interrupts every thread that runs. Who would
//            pay it again and again naps first (prepare_nap): it waits for a limited time, without
//            the fence, and only then as above. A nap that a notifier counts is woken like any
//            wait; one that it misses lasts its time. So naps delay, and lose nothing.
// Spurious returns: commit_wait passes them on to its caller. To block again on the unchanged epoch
//            would lose wake-ups: the kernel may hand the one wake of a notify_one to a thread that
//            announced itself after the epoch had changed (threads of real-time priority go first),
//            and if that one went back to sleep, nobody would be woken.
// Wrap-around: the epoch has 32 bits. A waiter misses its notification if exactly a multiple of
//            2^32 of them come between its prepare_wait and the kernel's look at the word. Each of
//            those is a system call (a waiter is counted), so that thread would have to be ready
//            to run, and not run, for half an hour at the least, to the exact call; and the next
//            notification wakes it.
// Rejected:  one read-modify-write per notification (folly): every spawn would write a shared line;
//            std::atomic::wait: its waiter tables are not ours to check, and it orders nothing.
#pragma once

#include <chrono>
#include <climits>
#include <cstdint>

#include "core/base/assert.h"
#include "core/base/env_default.h"
#include "core/base/named.h"
#include "core/park/event_count_orders.h"

namespace wyn {

/// See the head of this file. It must outlive every call on it, notifications included.
template <class Env = env_default, class Orders = event_count_default_orders>
class event_count {
 public:
  using ticket = std::uint32_t;

  constexpr event_count() noexcept { name_object<Env>(word_, "event count"); }
  event_count(const event_count&) = delete;
  event_count& operator=(const event_count&) = delete;

  /// Announces the caller as a waiter. After it the caller re-reads *every* condition it waits for,
  /// and then calls exactly one of commit_wait and cancel_wait. Any thread that is not announced
  /// here already. Wait-free; a system call (the heavy fence), no allocation.
  ticket prepare_wait() noexcept {
    const std::uint64_t before = word_.fetch_add(one_waiter, Orders::prepare_add_waiter);
    Env::fence(Orders::prepare_fence);
    return epoch_of(before);
  }

  /// Withdraws the announcement: a condition holds. Wait-free.
  void cancel_wait() noexcept { remove_waiter(Orders::cancel_remove_waiter); }

  /// Blocks until a notification that came after prepare_wait. May also return without one, so the
  /// caller looks at its conditions again.
  void commit_wait(ticket mine) noexcept {
    Env::wait_upper(word_, mine);
    remove_waiter(Orders::commit_remove_waiter);
  }

  /// As commit_wait, for no longer than `most`. False when that time has passed: the caller, which
  /// is still announced, looks at whatever it likes, and calls this again or cancel_wait. In the
  /// models commit_wait stands for it, as they have no clock: a wait that ends later.
  bool commit_wait_for(ticket mine, std::chrono::nanoseconds most) noexcept {
    if (!Env::wait_upper_for(word_, mine, most)) return false;
    remove_waiter(Orders::commit_remove_waiter);
    return true;
  }

  /// Announces the caller for a nap, a wait that ends by itself. No fence stands between this and
  /// the re-read of the conditions: waiter and notifier may miss each other, and the waiter finds
  /// that out when its time has passed. After it the caller calls exactly one of nap and
  /// cancel_nap. Any thread that is not announced here already. Wait-free; no system call, no
  /// allocation.
  ticket prepare_nap() noexcept {
    return epoch_of(word_.fetch_add(one_waiter, Orders::nap_add_waiter));
  }

  /// Withdraws the announcement of a nap. Wait-free.
  void cancel_nap() noexcept { remove_waiter(Orders::nap_remove_waiter); }

  /// Blocks until a notification that came after prepare_nap, or for `most`, and withdraws the
  /// announcement. False when the time has passed; like commit_wait, this may also return true
  /// without a notification.
  bool nap(ticket mine, std::chrono::nanoseconds most) noexcept {
    const bool in_time = Env::wait_upper_for(word_, mine, most);
    remove_waiter(Orders::nap_remove_waiter);
    return in_time;
  }

  /// Wakes at least one waiter, if there is any; the condition was made true before the call. For
  /// waiters that can stand in for each other. Any thread. Wait-free, no allocation: a load and a
  /// branch when nobody waits, else a read-modify-write and a system call.
  void notify_one() noexcept {
    Env::fence(Orders::notify_fence);
    notify_one_without_fence();
  }
  /// Wakes every waiter; otherwise as notify_one.
  void notify_all() noexcept {
    Env::fence(Orders::notify_fence);
    notify_all_without_fence();
  }
  /// For a caller that has issued the light fence itself, after it made the condition true.
  void notify_one_without_fence() noexcept {
    if (waiters() != 0) [[unlikely]] notify_one_slow();
  }
  /// As above.
  void notify_all_without_fence() noexcept {
    if (waiters() != 0) [[unlikely]] notify_all_slow();
  }

  /// The part of notify_one that follows a look at waiters(). True when there was a waiter at the
  /// moment the epoch changed; that one, or another, is then on its way out.
  [[gnu::noinline, gnu::cold]] bool notify_one_slow() noexcept { return notify(1); }
  /// The part of notify_all that follows a look at waiters(); otherwise as above.
  [[gnu::noinline, gnu::cold]] bool notify_all_slow() noexcept { return notify(INT_MAX); }

  /// How many threads are announced. Any thread; wait-free. Decides something only after the light
  /// fence, as in notify_one; elsewhere a heuristic.
  std::uint32_t waiters() const noexcept {
    return waiters_of(word_.load(Orders::notify_load_waiters));
  }

  /// How many threads are announced, by a read-modify-write: a thread that this does not count has
  /// not re-read its conditions yet, and when it does it sees all that the caller did before. Any
  /// thread; wait-free.
  std::uint32_t settled_waiters() noexcept {
    return waiters_of(word_.fetch_add(0, Orders::settle_read_waiters));
  }

 private:
  static constexpr std::uint64_t one_waiter = 1;
  static constexpr std::uint64_t one_epoch = std::uint64_t{1} << 32;

  static std::uint32_t epoch_of(std::uint64_t word) noexcept {
    return static_cast<std::uint32_t>(word >> 32);
  }
  static std::uint32_t waiters_of(std::uint64_t word) noexcept {
    return static_cast<std::uint32_t>(word);
  }

  template <class Site>
  void remove_waiter(Site site) noexcept {
    [[maybe_unused]] const std::uint64_t before =
        word_.fetch_add(std::uint64_t{0} - one_waiter, site);
    WYN_ASSERT(waiters_of(before) != 0, "commit_wait or cancel_wait without prepare_wait");
  }

  bool notify(int how_many) noexcept {
    const std::uint64_t before = word_.fetch_add(one_epoch, Orders::notify_add_epoch);
    if (waiters_of(before) == 0) return false;
    Env::wake_upper(word_, how_many);
    return true;
  }

  typename Env::template atomic<std::uint64_t> word_{0};
};

}  // namespace wyn
