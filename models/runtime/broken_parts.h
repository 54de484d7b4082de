// Mini runtimes with one step left out or changed: what the models must see through.
#pragma once

#include "models/runtime/mini_runtime.h"

namespace wyn::runtime_models {

/// Threads search before they sleep, as far as the shipped limit lets them.
struct searching_parts : shipped_parts {
  static constexpr std::uint32_t searchers = 1;
};

/// Whoever sleeps does not look again at the sources of work once it is announced.
template <class Env, class Orders>
class signal_without_look : public work_signal<Env, Orders> {
 public:
  template <class Stop, class Work>
  bool sleep(Stop&& must_wake, Work&& work_visible, bool relied_on) noexcept {
    const bool ready = must_wake() || work_visible();
    return work_signal<Env, Orders>::sleep([ready] { return ready; }, [] { return false; },
                                           relied_on);
  }
};
struct sleeps_without_recheck : shipped_parts {
  template <class Env, class Orders>
  using signal = signal_without_look<Env, Orders>;
};

/// A nap, which has no heavy fence, lasts until somebody wakes the napper.
template <class Env, class Orders>
class signal_of_endless_naps : public work_signal<Env, Orders> {
 public:
  template <class Stop, class Work>
  bool nap(Stop&& must_wake, Work&& work_visible, std::chrono::nanoseconds) noexcept {
    const auto ticket = this->events_.prepare_nap();
    const bool idle = !must_wake() && (this->gate_.anyone_searching() || !work_visible());
    idle ? this->events_.commit_wait(ticket) : this->events_.cancel_nap();
    this->gate_.enter_after_sleep();
    return true;
  }
};
struct naps_without_end : napping<hurried<>> {
  template <class Env, class Orders>
  using signal = signal_of_endless_naps<Env, Orders>;
};

/// Whoever looks at the size of a deque takes the word of top for an index: with a bias in it, it
/// is larger than any bottom, and the deque looks empty.
template <class Task, class Env>
class deque_of_raw_size : public biased_deque<Task, Env, biased_orders, 1> {
  using base = biased_deque<Task, Env, biased_orders, 1>;

 public:
  using base::base;
  std::int64_t size_estimate() const noexcept {
    const std::int64_t b = this->bottom_.load(biased_orders::size_load_bottom);
    const std::int64_t t = this->top_.load(biased_orders::size_load_top);
    return b > t ? b - t : 0;
  }
};
struct reads_top_raw : shipped_parts {
  template <class Task, class Env>
  using deque = deque_of_raw_size<Task, Env>;
};

/// A wake-up is decided on and its token put down, but nobody is woken.
template <class Env, class Orders>
class signal_that_loses_tokens {
 public:
  void work_added() noexcept {
    Env::fence(Orders::notify_fence);
    if (events_.waiters() == 0) return;
    static_cast<void>(gate_.try_claim_wake());
  }
  bool try_enter_search(std::uint32_t limit) noexcept { return gate_.try_enter_search(limit); }
  bool leave_search() noexcept { return gate_.leave_search() == search_end::asked; }
  template <class Work>
  void found_work(Work&& work_visible) noexcept {
    const search_end end = gate_.leave_search();
    if (end == search_end::others_search) return;
    if (end == search_end::unasked && !work_visible()) return;
    if (events_.settled_waiters() != 0) static_cast<void>(gate_.try_claim_wake());
  }
  template <class Stop, class Work>
  bool sleep(Stop&& must_wake, Work&& work_visible, bool relied_on) noexcept {
    if (relied_on) gate_.take_request();
    const auto ticket = events_.prepare_wait();
    const bool idle = !must_wake() && (!work_visible() || gate_.ask_searchers());
    idle ? events_.commit_wait(ticket) : events_.cancel_wait();
    gate_.enter_after_sleep();
    return idle;
  }
  void wake_all() noexcept { events_.notify_all(); }
  std::uint32_t waiters() const noexcept { return events_.waiters(); }
  std::uint32_t searching() const noexcept { return gate_.searching(); }
  std::uint32_t tokens() const noexcept { return gate_.tokens(); }

 protected:
  search_gate<Env, Orders> gate_;
  event_count<Env, Orders> events_;
};
struct loses_tokens : shipped_parts {
  template <class Env, class Orders>
  using signal = signal_that_loses_tokens<Env, Orders>;
};

/// A task is counted as completed before it runs.
struct counts_first : shipped_parts {
  template <class Count, class Run>
  static void execute(Count& count, const Run& run) {
    count.note_completed();
    run();
  }
  template <class Count, class Task, class Run, class Next>
  static void execute_all(Count& count, Task t, const Run& run, const Next& next) {
    do {
      execute(count, [&] { run(t); });
    } while (next(t));
  }
};

/// Nobody counts the tasks that were run together.
struct counts_none : shipped_parts {
  template <class Count, class Task, class Run, class Next>
  static void execute_all(Count&, Task t, const Run& run, const Next& next) {
    do {
      run(t);
    } while (next(t));
  }
};

/// A waiter that leaves its wish to be told of idleness unspoken.
struct wishes_in_vain : shipped_parts {
  template <class Watch>
  static void want(Watch&) {}
  template <class Watch>
  static bool may_sleep(const Watch&) {
    return true;
  }
};

}  // namespace wyn::runtime_models
