// Goal:   A request to give memory back reaches a worker, whatever the worker is doing about its
//         sleep just then.
// Method: The shipped loop (work_cycle.h) without tasks: it leaves when it has met the last
//         request. Another thread asks, and wakes everybody. A worker that missed it sleeps for
//         ever.
// Bound:  1 worker, 2 requests.
#pragma once

#include <cstdint>

#include "core/park/work_signal.h"
#include "core/runtime/trim_request.h"
#include "core/runtime/work_cycle.h"

namespace wyn::runtime_models {

/// When a worker looks at the request: the shipped steps.
struct shipped_trim {
  static bool in_order(std::uint32_t met, std::uint32_t last) { return met == last; }
};
/// Before it announces that it goes to sleep, and not again.
struct trims_unannounced {
  static bool in_order(std::uint32_t, std::uint32_t) { return true; }
};

template <class Env, class Orders, class Steps = shipped_trim>
struct trim_asked {
  static constexpr int threads = 2;
  static constexpr std::uint32_t requests = 2;

  struct host {
    using task = int;
    trim_asked& all;

    auto& signal() { return all.signal; }
    static std::uint32_t max_searchers() { return 0; }
    static bool next_own(task&) { return false; }
    static void execute(task) {}
    static void run_all_at_hand(task) {}
    static bool take_where_last(task&) { return false; }
    template <class Goal>
    static bool wait_to_search(const Goal&) { return false; }
    static void out_of_work() {}
    template <class Goal>
    static bool search(const Goal&, task&) {
      return false;
    }
    void about_to_sleep() { all.met = all.request.last(); }
    bool in_order() const { return Steps::in_order(all.met, all.request.last()); }
    static void announce_idle() {}
    static bool work_visible() { return false; }
  };
  struct goal {
    const trim_asked& all;
    bool operator()() const { return all.met == requests; }
    static void before_sleep() {}
  };

  void thread(int id) {
    if (id == 0) {
      for (std::uint32_t i = 0; i < requests; ++i) {
        request.ask();
        signal.wake_all();
      }
    } else {
      host h{*this};
      work_cycle(h, goal{*this});
    }
  }
  void after() {
    Env::check(signal.waiters() == 0 && signal.searching() == 0, "nobody sleeps or searches");
  }

  trim_request<Env, Orders> request;
  work_signal<Env, Orders> signal;
  std::uint32_t met = 0;  // the worker's
};

}  // namespace wyn::runtime_models
