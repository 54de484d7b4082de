// The life of a thread that runs tasks: run what is there, search, sleep, until a goal is reached.
//
// A template on where the tasks come from and on the goal, so that the models in models/runtime
// explore the very steps that ship; the sleep protocol is that of work_signal.h.
//
// Order of the steps: the searching unit is given back before the goal's before_sleep() and the
//            announcement at the event count, and work found is handed on by found_work() before it
//            is run. Whatever may wake a sleeper is looked at after the announcement: the host's
//            queues, the goal, whether the goal's own request to be woken still stands, and whether
//            the host is still in order.
// Naps:      if the host wants that, a thread sleeps behind a heavy fence, which interrupts all
//            that run, only after a nap that nobody has ended, or where the host says that what was
//            asked of the searchers has waited long enough for one.
// Progress:  returns only when goal() is true. Sleeps in work_signal's sleep and nap and nowhere
//            else.
#pragma once

namespace wyn {

/// `host` has
///   task                    a type that can be default-initialised
///   signal()                the work_signal
///   max_searchers()         how many may search at once
///   next_own(t)             a task at hand
///   execute(t)              runs it and counts it as completed
///   run_all_at_hand(t)      executes it, and what next_own() gives, until that is nothing
///   out_of_work()           called whenever nothing is at hand
///   take_where_last(t)      a task from where the last ones came from, if many more lie there
///   wait_to_search(goal)    others search already: true if one of them stopped within a bounded
///                           time, and then this thread holds a unit in its place
///   search(goal, t)         looks for a task elsewhere, for a bounded time; ends when goal() holds
///   about_to_sleep()        what to put in order before a sleep
///   nap_time(relied_on)     if there is such a thing: how long a nap lasts; zero: none. relied_on:
///                           what was asked of those who search waits for a sleep behind a fence
///   let_stores_arrive()     with nap_time(): waits for as long as what another thread has stored
///                           usually takes to be seen, after a nap was announced
///   in_order()              if there is such a thing: whether it still is, or was asked for again
///   announce_idle()         idle_watch.h
///   work_visible()          whether a task lies in any queue
/// `goal` has goal(), whether to return; before_sleep(), which asks to be woken for it; and
/// may_sleep(), if a request may have been answered before the sleeper announced itself.
template <class Host, class Goal>
void work_cycle(Host& host, const Goal& goal) {
  auto& signal = host.signal();
  bool searching = false;  // this thread holds a unit of the search gate
  [[maybe_unused]] bool napped = false;  // it has slept through a nap, and not slept since
  const auto work_visible = [&] { return host.work_visible(); };
  const auto leave_search_with_work = [&] {
    if (searching) signal.found_work(work_visible);
    searching = false;
  };
  const auto may_sleep = [&] {
    if constexpr (requires { goal.may_sleep(); }) return goal.may_sleep();
    return true;
  };
  const auto in_order = [&] {
    if constexpr (requires { host.in_order(); }) return host.in_order();
    return true;
  };
  const auto must_wake = [&] {
    host.announce_idle();
    return goal() || !may_sleep() || !in_order();
  };
  typename Host::task t;
  while (true) {
    if (host.next_own(t)) {
      leave_search_with_work();
      host.run_all_at_hand(t);
    }
    host.out_of_work();
    if (goal()) break;
    if (!searching && host.take_where_last(t)) {
      host.execute(t);
      continue;
    }
    if (!searching) {
      searching = signal.try_enter_search(host.max_searchers()) || host.wait_to_search(goal);
    }
    if (searching && host.search(goal, t)) {
      leave_search_with_work();
      host.execute(t);
      continue;
    }
    if (goal()) break;
    const bool relied_on = searching && signal.leave_search();
    host.about_to_sleep();
    goal.before_sleep();
    searching = true;  // whoever leaves the event count does so as a searcher
    if constexpr (requires { host.nap_time(relied_on); }) {
      const auto nap = host.nap_time(relied_on);
      if (!napped && nap.count() > 0) {
        const auto must_wake_soon = [&] {
          host.let_stores_arrive();
          return must_wake();
        };
        napped = !signal.nap(must_wake_soon, work_visible, nap);
        continue;
      }
      napped = false;
    }
    signal.sleep(must_wake, work_visible, relied_on);
  }
  // Whatever came while we were counted as searching is another's to find.
  leave_search_with_work();
}

/// Claims up to `most` tasks from `ring`: the first goes to `block[0]`, the others to `deque`, in
/// an order in which its owner pops them as they came. So all but the first stay stealable. The
/// number claimed. `block` has room for `most`; run(t) takes a task for which there is no room.
template <class Ring, class Deque, class Task, class Run>
auto claim_block(Ring& ring, Deque& deque, Task* block, decltype(sizeof 0) most, const Run& run) {
  const auto claimed = ring.claim(block, most).count;
  if (claimed == 0) return claimed;
  auto i = claimed;
  while (i > 1 && deque.push(block[i - 1])) --i;
  for (decltype(i) k = 1; k < i; ++k) run(block[k]);
  return claimed;
}

}  // namespace wyn
