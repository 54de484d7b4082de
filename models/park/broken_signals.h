// Work signals with one step of the protocol left out or weakened: what the models must see
// through. They are put together from the shipped parts.
#pragma once

#include <chrono>
#include <cstdint>

#include "core/park/event_count.h"
#include "core/park/search_gate.h"

namespace wyn::park_models {

/// The step that is broken.
enum class fault : unsigned char {
  none,             ///< the shipped protocol: shows that the rest of this class is right
  no_second_look,   ///< an unused token is taken back and that is all
  load_to_settle,   ///< the last searcher looks for sleepers by a load
  no_handover,      ///< a searcher that found work wakes nobody
  looks_no_more,    ///< a searcher that found work does not look for more
  token_kept,       ///< an unused token stays in the gate
  unasked,          ///< a producer relies on those who search, and does not ask them
  leaves_unasked,   ///< a sleeper leaves work that it sees to those who search, and does not ask
  nap_is_enough,    ///< what was asked is taken on by a nap, without a fence
  gate_seen_early,  ///< those who search are asked before the announcement
  no_token_taken,   ///< who turns back from its sleep brings a unit of its own, whatever lies there
  nap_for_good,     ///< a nap that does not end by itself
  nap_takes_none,   ///< who has slept through a nap brings a unit of its own
};

template <fault Fault, class Env, class Orders>
class broken_signal {
 public:
  void work_added() noexcept {
    if (somebody_sleeps()) wake_sleeper();
  }
  bool somebody_sleeps() noexcept {
    Env::fence(Orders::notify_fence);
    return events_.waiters() != 0;
  }
  void wake_sleeper() noexcept {
    if (Fault == fault::unasked && gate_.anyone_searching()) return;
    if (!gate_.searchers_are_asked()) wake_one();
  }
  void wake_one() noexcept {
    while (gate_.try_claim_wake()) {
      if (events_.notify_one_slow() || Fault == fault::token_kept) return;
      if (!gate_.release_unused_wake() || Fault == fault::no_second_look) return;
      if (settled_waiters() == 0) return;
    }
  }
  bool try_enter_search(std::uint32_t limit) noexcept { return gate_.try_enter_search(limit); }
  bool leave_search() noexcept { return gate_.leave_search() == search_end::asked; }
  template <class Work>
  void found_work(Work&& work_visible) noexcept {
    const search_end end = gate_.leave_search();
    if (end == search_end::others_search || Fault == fault::no_handover) return;
    if (end == search_end::unasked && (Fault == fault::looks_no_more || !work_visible())) return;
    if (settled_waiters() != 0) wake_one();
  }
  void wake_one_more() noexcept { events_.notify_one(); }
  template <class Stop, class Work>
  bool sleep(Stop&& must_wake, Work&& work_visible, bool relied_on = false) noexcept {
    if (relied_on) gate_.take_request();
    const bool searched_before = Fault == fault::gate_seen_early && gate_.ask_searchers();
    const auto ticket = events_.prepare_wait();
    const bool idle = !must_wake() && (!work_visible() || searched_before || leaves_to_others());
    idle ? events_.commit_wait(ticket) : events_.cancel_wait();
    enter_search(Fault == fault::no_token_taken && !idle);
    return idle;
  }
  template <class Stop, class Work>
  bool nap(Stop&& must_wake, Work&& work_visible, std::chrono::nanoseconds most) noexcept {
    if (Fault == fault::nap_is_enough) gate_.take_request();
    const auto ticket = events_.prepare_nap();
    bool in_time = true;
    if (must_wake() || (!gate_.anyone_searching() && work_visible())) {
      events_.cancel_nap();
    } else if (Fault == fault::nap_for_good) {
      events_.commit_wait(ticket);
    } else {
      in_time = events_.nap(ticket, most);
    }
    enter_search(Fault == fault::nap_takes_none && !in_time);
    return in_time;
  }
  std::uint32_t searching() const noexcept { return gate_.searching(); }
  std::uint32_t tokens() const noexcept { return gate_.tokens(); }
  std::uint32_t waiters() const noexcept { return events_.waiters(); }

 protected:
  bool leaves_to_others() noexcept {
    switch (Fault) {
      case fault::gate_seen_early: return false;
      case fault::leaves_unasked: return gate_.anyone_searching();
      default: return gate_.ask_searchers();
    }
  }
  void enter_search(bool without_a_look_at_tokens) noexcept {
    if (!without_a_look_at_tokens) return gate_.enter_after_sleep();
    gate_.try_enter_search(~std::uint32_t{0});
  }
  std::uint32_t settled_waiters() noexcept {
    return Fault == fault::load_to_settle ? events_.waiters() : events_.settled_waiters();
  }

  search_gate<Env, Orders> gate_;
  event_count<Env, Orders> events_;
};

template <fault Fault>
struct broken {
  template <class Env, class Orders>
  using signal = broken_signal<Fault, Env, Orders>;
};

}  // namespace wyn::park_models
