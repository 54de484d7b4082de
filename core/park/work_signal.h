// How workers that find nothing to do fall asleep, and how new work wakes them: an event count for
// the sleeping and a search gate that keeps the number of wake-ups down.
//
// A worker's life:   while it has work: run it.
//                    no work: try_enter_search(limit); refused for as long as it tries, it sleeps.
//                    holding a unit, found something: found_work(look); back to the top.
//                    holding a unit, found nothing: leave_search(), then sleep(re-check).
//                    in sleep, announced: work is visible: it asks those who search to see to it;
//                    nobody searches: it turns back.
//                    sleep() returns: it holds a unit; it searches.
//                    It may nap() before it sleeps: it comes back by itself, as a searcher.
// Anybody's push:    publish the work, then work_added(): it asks those who search, or wakes one.
// Who found work:    the last of the searchers wakes another if more is visible, or if somebody has
//                    asked since what was asked before was seen to. So one task that wakes a worker
//                    makes that worker wake nobody, which would be a system call before the task.
//
// Papers:    Go's scheduler ("spinning" Ms and wakep) and tokio's idle count have the same
//            throttle; there, whoever finds work as the last searcher wakes another always.
// Progress:  work_added is a fence and a load while nobody sleeps, a fence and two loads while
//            somebody searches and was asked; lock-free, with a compare-exchange when it asks, and
//            one system call when it wakes somebody. The first load is of the event count, which
//            seldom changes under load; the gate does with each search, and on many processors its
//            line is the one that all wait for (bench/simulation). sleep blocks.
//
// Theorem (no lost wake-up): let no thread take a step of this protocol any more: each worker
// sleeps, is busy with an item for good, or holds a searching unit and searches. Let an item lie in
// a source that the re-check looks at, its producer having returned from work_added. Then some
// thread searches, or no worker sleeps.
// Proof, on RC11 with P1202's fences. Let P be the producer, F its light fence, G the gate's word,
// E the event count's. Suppose that nobody searches, and that W sleeps: after its last prepare (a
// read-modify-write of E) came a heavy fence H, and then a re-check, which missed the item, or
// found it and asked those who searched; suppose the former first. Then H precedes F in the order
// of the fences. A second path from F to H, or to the heavy fence of another re-check that missed
// the item, is the contradiction.
//  (a) P read an E without waiters: it misses W's prepare, so F precedes H (from-read). Hence P has
//      read or made a G that is asked, with searching > 0, or put down a token. In the end
//      searching is 0 (lemma), so G was changed later; let T be the thread that changed it last.
//      P's G is older than T's change (from-read, or coherence after P's own change).
//  (b) T gave back its unit in order to sleep, or took a request. Its change is program-ordered
//      before the heavy fence of its re-check: F precedes that. So the re-check found the item. T's
//      look at G came after its own change, the last one: nobody searches, so it turned back, and
//      changed G again.
//  (c) T gave it back with work in hand and made the read-modify-write EC8 of E (found_work), or
//      took back a token for which there was no waiter, and made EC8 (wake_one). If that comes
//      before W's last prepare, the prepare reads from it or from a later read-modify-write: T's
//      change of G happens before H, and F precedes H. If it comes after, it counted W, and T tried
//      to claim a wake-up: it found searching > 0, or changed G again; in either case its change
//      was not the last.
//  (d) T gave it back with work in hand and made no EC8: G was not asked, and T saw no work.
//      Suppose that P put down a token, and counted a waiter (EC7). One of those, X, left the event
//      count after EC7 (lemma), so that the item happens before its search, and gave its unit back
//      before T, or is T. T has seen what X had (SG10), so it saw the item.
//      Suppose that P put down a token and counted nobody: EC7 comes before W's prepare, which has
//      seen it. So F precedes H.
//      Suppose then that P's G was asked. Somebody took that request between it and T's change; let
//      T' be the last to take one. F precedes the heavy fence of T', as in (b), so the item is seen
//      by whatever that fence happens before, the re-check of T' among them. If T' slept after all,
//      it read or made a G that was asked, between what it had made of G and T's change: then
//      somebody has taken that, and T' was not the last. If it turned back, it took a unit and gave
//      it back before T, or is T: the fence happens before T's look (SG10), and T saw the item.
//  (e) T put down a token, or took a unit: then searching is not 0 in the end.
// If W found the item, and asked, and H precedes F, all of this stands. Else F precedes H, and the
// G that W read or made, asked and older than T's change, takes the place of P's: F precedes H,
// which precedes the heavy fences of T and T' in (b) and (d). (c) If EC8 comes before W's prepare,
// T's change of G happens before W's look at G, which coherence forbids.
// A load in place of EC8 would not do: T's fences are light, P's is light, and two light fences
// order nothing. On ARM the load could be satisfied before the return of the unit is visible.
//
// Lemma (no leak): when no thread takes a step any more, tokens is 0, and so searching is the
// number of threads that hold a unit. A notifier leaves its token only if it saw a waiter when it
// changed the epoch (EC7). Of the waiters counted then, or announced later, one leaves: one that
// has not blocked yet finds the epoch changed; if all have, the kernel wakes one. The one that
// leaves decrements E after EC7 (EC3, EC4, EC10: acquire), so the look of its enter_after_sleep
// comes after the token was put down: it sees that, or something later, and takes a token that is
// still there. A token that was taken is not taken back: release_unused_wake does nothing on a gate
// without a token.
//
// Naps: no thread stays in one, so none naps when no thread takes a step any more, and whoever
// sleeps then has re-checked behind its own heavy fence after its last nap. A nap is on its way to
// that re-check as a search is: it leaves the event count, takes a token or a unit of its own
// (enter_after_sleep), and gives it back. So (a) to (e) speak of it where they speak of a thread
// that has turned back, and the lemma counts it among the waiters, of whom one leaves.
//
// The models in models/park check both within their bounds, and that each step is needed.
//
// Rejected:  to stay awake for visible work whoever searches: it is the searchers' to find, and on
//            many processors those who turn back outnumber them; taking back an unused token
//            without another look at the sleepers: a producer that saw the token, and a worker that
//            fell asleep after the notifier had looked, miss each other; in place of asking, a full
//            fence in each push while some search and some sleep: then a searcher's look would do.
#pragma once

#include <chrono>
#include <cstdint>

#include "core/base/cache_line.h"
#include "core/base/env_default.h"
#include "core/base/known_fence.h"
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

  /// The caller has made work visible: wakes a worker unless one is awake and searching. Any
  /// thread. Lock-free; no allocation; a system call only when it wakes somebody.
  void work_added() noexcept {
    if (somebody_sleeps()) [[unlikely]] wake_sleeper();
  }

  /// The same for a caller that knows that the process has heavy fences (known_fence.h).
  void work_added_beside_heavy() noexcept {
    fence_beside_heavy<Env>(Orders::notify_fence);
    if (events_.waiters() != 0) [[unlikely]] wake_sleeper();
  }

  /// work_added() in two steps: if the first is true, the second follows.
  [[nodiscard]] bool somebody_sleeps() noexcept {
    Env::fence(Orders::notify_fence);
    return events_.waiters() != 0;
  }
  void wake_sleeper() noexcept {
    if (!gate_.searchers_are_asked()) [[unlikely]] wake_one();
  }

  /// Wakes a worker, or asks those who are awake and search; the part of work_added that follows
  /// its look at the sleepers. Any thread, work or no work. Lock-free.
  [[gnu::noinline, gnu::cold]] void wake_one() noexcept {
    // Each round after the first is the consequence of a thread that came or went meanwhile.
    while (gate_.try_claim_wake()) {
      if (events_.notify_one_slow()) return;
      if (!gate_.release_unused_wake()) return;
      if (events_.settled_waiters() == 0) return;
    }
  }

  /// A worker that ran out of work asks to search. True: it holds a searching unit, and ends the
  /// search by found_work, or by leave_search and sleep. `limit` as in search_gate.h. Wait-free.
  bool try_enter_search(std::uint32_t limit) noexcept { return gate_.try_enter_search(limit); }

  /// Ends a search without result. The caller holds a unit, and goes on to sleep() before it does
  /// anything else that may block: until then nobody may be looking. True when it was the last, and
  /// somebody relies on those who search: sleep() wants to know. Wait-free.
  bool leave_search() noexcept { return gate_.leave_search() == search_end::asked; }

  /// Ends a search that found something, or that the caller gives up. It holds a unit. Wakes
  /// another worker to go on searching if the caller was the last, and somebody relies on it or
  /// `work_visible()`, which looks at every source of work and must not throw. Lock-free; a system
  /// call only when it wakes somebody.
  template <class Work>
  void found_work(Work&& work_visible) noexcept {
    const search_end end = gate_.leave_search();
    if (end == search_end::others_search) return;
    if (end == search_end::unasked && !work_visible()) return;
    if (events_.settled_waiters() != 0) [[unlikely]] wake_one();
  }

  /// Sleeps until there may be work, unless `must_wake()` is true, or `work_visible()` while nobody
  /// searches. The first looks at whatever is the caller's own concern, such as a request to stop;
  /// the second at every source of work. They must not throw, and may call the notifying operations
  /// here. `relied_on`: what leave_search() said, false if the caller held no unit. It holds none
  /// now; when this returns it holds one, and searches. True when it blocked, or was about to.
  /// Blocks; a system call at least (the heavy fence).
  template <class Stop, class Work>
  bool sleep(Stop&& must_wake, Work&& work_visible, bool relied_on = false) noexcept {
    if (relied_on) gate_.take_request();
    const typename events::ticket ticket = events_.prepare_wait();
    const bool idle = !must_wake() && (!work_visible() || gate_.ask_searchers());
    if (idle) {
      events_.commit_wait(ticket);
    } else {
      events_.cancel_wait();
    }
    gate_.enter_after_sleep();
    return idle;
  }

  /// sleep() for no longer than `most`, and without the heavy fence: it may miss what it looks for,
  /// and then it lasts its time. Whoever relies on the searchers relies on this thread still, which
  /// comes back as one. False when the time has passed. Blocks.
  template <class Stop, class Work>
  bool nap(Stop&& must_wake, Work&& work_visible, std::chrono::nanoseconds most) noexcept {
    const typename events::ticket ticket = events_.prepare_nap();
    bool in_time = true;
    if (!must_wake() && (gate_.anyone_searching() || !work_visible())) {
      in_time = events_.nap(ticket, most);
    } else {
      events_.cancel_nap();
    }
    gate_.enter_after_sleep();
    return in_time;
  }

  /// Wakes one sleeper whoever searches, for a caller that holds a unit and sees work for many. No
  /// token stands for it: who is woken so brings a unit of its own, or takes over another's token,
  /// whose thread then brings one. Nothing relies on it. Any thread. Lock-free; a system call if
  /// somebody sleeps.
  void wake_one_more() noexcept { events_.notify_one(); }

  /// Wakes every sleeper; for a request to stop, which was made visible before. Any thread.
  void wake_all() noexcept { events_.notify_all(); }

  /// Sleepers, and threads about to be, at some moment. Any thread; a heuristic.
  std::uint32_t waiters() const noexcept { return events_.waiters(); }
  /// Threads that search, wake-ups in flight included, at some moment. Any thread; a heuristic.
  std::uint32_t searching() const noexcept { return gate_.searching(); }
  /// Wake-ups in flight, at some moment. Any thread; a heuristic.
  std::uint32_t tokens() const noexcept { return gate_.tokens(); }

 protected:
  using events = event_count<Env, Orders>;

  // Apart: the gate changes with every search, the event count only when somebody sleeps.
  alignas(cache_line_bytes) search_gate<Env, Orders> gate_;
  alignas(cache_line_bytes) events events_;
};

}  // namespace wyn
