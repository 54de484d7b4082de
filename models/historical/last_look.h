// The sleeper's last look, which comes between its announcement and its sleep.
//
// a_source_not_looked_at: a new kind of queue was added, and not to the last look (rayon PR#992,
//   broadcasts). Work in it finds its thread announced or not, and asleep. Repaired: the look names
//   every source.
// look_before_announcement: the sequence number is read after the condition (libc++ #77659, in
//   atomic::wait), so a change in between leaves the number as it was read. Repaired: number first.
// look_before_search_ends: the last look comes while the thread still counts as searching (Go
//   #45867). A producer that sees a searcher wakes nobody and relies on it. Repaired: the look
//   comes after the count went down.
#pragma once

#include "core/park/event_count.h"
#include "core/park/work_signal.h"
#include "models/park/work.h"

namespace wyn::historical {

using park_models::item;

// Goal:   A sleeper with two sources of work is missed by neither.
// Method: The producer puts one item into the second source.
// Bound:  2 threads, 2 sources, 1 item.
template <class Env, int SourcesLookedAt>
struct two_sources {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      sources[1].put();
      events.notify_one();
      return;
    }
    while (!sources[0].take() && !sources[1].take()) {
      const auto ticket = events.prepare_wait();
      bool queued = false;
      for (int i = 0; i < SourcesLookedAt && !queued; ++i) queued = sources[i].queued_here();
      if (queued) {
        events.cancel_wait();
      } else {
        events.commit_wait(ticket);
      }
    }
  }

  void after() { Env::check(sources[1].was_taken(), "the item was taken"); }

  item<Env> sources[2];
  event_count<Env, event_count_symmetric_orders> events;
};

template <class Env>
struct a_source_not_looked_at {
  using bug = two_sources<Env, 1>;
  using repaired = two_sources<Env, 2>;
};

// Goal:   A change between the look and the sleep is not missed.
// Method: One item, one sleeper; whether it looks before or after prepare_wait.
// Bound:  2 threads, 1 item.
template <class Env, bool LooksFirst>
struct look_and_announce {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      source.put();
      events.notify_one();
      return;
    }
    while (!source.take()) {
      bool queued = LooksFirst && source.queued_here();
      const auto ticket = events.prepare_wait();
      if (!LooksFirst) queued = source.queued_here();
      if (queued) {
        events.cancel_wait();
      } else {
        events.commit_wait(ticket);
      }
    }
  }

  void after() { Env::check(source.was_taken(), "the item was taken"); }

  item<Env> source;
  event_count<Env, event_count_symmetric_orders> events;
};

template <class Env>
struct look_before_announcement {
  using bug = look_and_announce<Env, true>;
  using repaired = look_and_announce<Env, false>;
};

// Goal:   A producer that relies on a searcher is not let down.
// Method: A worker searches in vain, gives its unit back and sleeps; one item arrives.
// Bound:  2 threads, 1 item, 1 search.
template <class Env, bool LooksFirst>
struct end_of_search {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      source.put();
      signal.work_added();
      return;
    }
    signal.try_enter_search(1);
    while (!source.take()) {
      const bool seen = LooksFirst && source.queued_here();
      const bool relied_on = signal.leave_search();
      signal.sleep([] { return false; },
                   [&] { return LooksFirst ? seen : source.queued_here(); }, relied_on);
    }
    signal.found_work([&] { return source.queued_here(); });
  }

  void after() { Env::check(source.was_taken(), "the item was taken"); }

  item<Env> source;
  work_signal<Env, work_signal_symmetric_orders> signal;
};

template <class Env>
struct look_before_search_ends {
  using bug = end_of_search<Env, true>;
  using repaired = end_of_search<Env, false>;
};

}  // namespace wyn::historical
