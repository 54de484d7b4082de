// How workers that find nothing to do fall asleep, and how new work wakes them: an event count for
// the sleeping and a search gate that keeps the number of wake-ups down.
//
// A worker's life:   while it has work: run it.
//                    no work: try_enter_search(limit); refused, it sleeps at once.
//                    holding a unit, found something: found_work(); back to the top.
//                    holding a unit, found nothing: leave_search(), then sleep(re-check).
//                    sleep() returns: it holds a unit; it searches.
// Anybody's push:    publish the work, then work_added().
//
// Papers:    Go's scheduler ("spinning" Ms and wakep) and tokio's idle count have the same throttle.
// Progress:  work_added is a fence and a load while somebody searches, a fence and two loads when all
//            are busy; lock-free, with one system call, when it wakes somebody. sleep blocks.
//
// Theorem (no lost wake-up): when no thread takes a step any more, and a work item lies in a source
// that sleep's re-check looks at, published by a thread that has returned from work_added, then not
// every worker is asleep. Proof, on RC11 with P1202's fences. Let P be the producer, F its light
// fence, G the gate's word, E the event count's; suppose all workers sleep. Each made a last prepare
// (a read-modify-write of E), a heavy fence H and a re-check which missed the item: H precedes F in
// the fence order. It is enough to find for one sleeper that F also precedes its H.
//  (a) P read E without that sleeper's prepare: from-read, F precedes H. So P did not return for
//      lack of waiters. Then P has read a value of G with searching > 0, or put down a token.
//      In the end searching is 0 (below), so G was changed later, and last of all by some thread T.
//  (b) T gave back its unit in order to sleep. P's value of G is older than T's change (from-read, or
//      coherence after P's own change), which is program-ordered before T's H: F precedes H.
//  (c) T gave it back with work in hand (found_work), or took back a token for which there was no
//      waiter (wake_one). Then it made the read-modify-write EC8 of E. If that missed a sleeper's last
//      prepare, the prepare reads from EC8 or from a later read-modify-write: T's change of G
//      happens before H, so F precedes H. If it saw every sleeper's last prepare, T tried to claim a
//      wake-up, and found searching > 0 or changed G again: either way its change was not the last.
//  (d) T put down a token, or took a unit: then searching is not 0 in the end, see next.
// A load in place of EC8 would not do: T's fences are light, P's is light, and two light fences
// order nothing. On ARM the load could be satisfied before the unit's return is visible.
//
// Lemma (no leak): when no thread takes a step any more, tokens is 0, and so searching is the number of
// threads that hold a unit, none of which sleeps. A notifier leaves its token only if it saw a waiter
// when it changed the epoch (EC7). Of the waiters counted then, or announced later, one leaves: one
// that has not blocked yet finds the epoch changed, else the kernel wakes one of those blocked. The
// one that leaves decrements E after EC7 (EC3, EC4: acquire), so its enter_after_sleep comes after
// the token was put down, and takes it if it is still there. A taken token is never taken
// back twice: release_unused_wake does nothing on a gate without tokens.
//
// Rejected:  taking back an unused token without another look at the sleepers: a producer that saw the
//            token, and a worker that fell asleep after the notifier had looked, miss each other.
#pragma once

#include <cstdint>

#include "core/base/cache_line.h"
#include "core/base/env_default.h"
#include "core/park/event_count.h"
#include "core/park/search_gate.h"
#include "core/park/work_signal_orders.h"

namespace wyn {

/// See the head of this file. It must outlive every call on it.
template <class Env = env_default, class Orders = work_signal_default_orders>
class work_signal {
 public:
  work_signal() noexcept = default;
  work_signal(const work_signal&) = delete;
  work_signal& operator=(const work_signal&) = delete;

  /// The caller has made work visible: wakes a worker unless one is awake and searching. Any thread.
  /// Lock-free; no allocation; a system call only when it wakes somebody.
  void work_added() noexcept {
    Env::fence(Orders::notify_fence);
    work_added_without_fence();
  }

  /// For a caller that has issued the light fence itself, after it published the work.
  void work_added_without_fence() noexcept {
    if (gate_.anyone_searching()) return;
    if (events_.waiters() != 0) [[unlikely]] wake_one();
  }

  /// A worker that ran out of work asks to search. True: it holds a searching unit, and ends the
  /// search by found_work, or by leave_search and sleep. Lock-free.
  bool try_enter_search(std::uint32_t limit) noexcept { return gate_.try_enter_search(limit); }

  /// Ends a search without result. The caller holds a unit, and goes on to sleep() before it does
  /// anything else that may block: until then nobody may be looking. Wait-free.
  void leave_search() noexcept { gate_.leave_search(); }

  /// Ends a search that found something. The caller holds a unit. Wakes another worker to go on
  /// searching if the caller was the last. Lock-free; a system call only when it wakes somebody.
  void found_work() noexcept {
    if (gate_.leave_search() && events_.settled_waiters() != 0) [[unlikely]] wake_one();
  }

  /// Sleeps until there may be work, unless `anything_to_do()` is true, which must look at every
  /// source of work and at the request to stop, and must not throw nor call this object. The caller
  /// holds no unit; when this returns it holds one, and searches. True when it blocked or was about to.
  template <class Recheck>
  bool sleep(Recheck&& anything_to_do) noexcept {
    const typename events::ticket ticket = events_.prepare_wait();
    const bool idle = !anything_to_do();
    if (idle) {
      events_.commit_wait(ticket);
    } else {
      events_.cancel_wait();
    }
    gate_.enter_after_sleep();
    return idle;
  }

  /// Wakes every sleeper; for a request to stop, which was made visible before. Any thread.
  void wake_all() noexcept { events_.notify_all(); }

  /// Sleepers, and threads about to be, at some moment. Any thread; a heuristic.
  std::uint32_t waiters() const noexcept { return events_.waiters(); }
  /// Threads that search, wake-ups in flight included, at some moment. Any thread; a heuristic.
  std::uint32_t searching() const noexcept { return gate_.searching(); }
  /// Wake-ups in flight, at some moment. Any thread; a heuristic.
  std::uint32_t tokens() const noexcept { return gate_.tokens(); }

 private:
  using events = event_count<Env, Orders>;

  // Each round after the first is the consequence of a thread that came or went meanwhile.
  [[gnu::noinline, gnu::cold]] void wake_one() noexcept {
    while (gate_.try_claim_wake()) {
      if (events_.notify_one_slow()) return;
      if (!gate_.release_unused_wake()) return;
      if (events_.settled_waiters() == 0) return;
    }
  }

  // Apart: the gate changes with every search, the event count only when somebody sleeps.
  alignas(cache_line_bytes) search_gate<Env, Orders> gate_;
  alignas(cache_line_bytes) events events_;
};

}  // namespace wyn
