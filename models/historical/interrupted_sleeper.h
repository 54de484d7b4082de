// A sleeper that wakes up by itself while another thread is about to wake it.
//
// wakes_beside_its_interrupter: who wakes a worker takes a small lock in the worker's signal,
//   counts the worker as awake and lets go by storing "awake". A worker whose timer has expired
//   sets the signal by a compare-exchange, and takes its failure for a wake-up that is over
//   (cats-effect #4448, PR#4449). If it goes back to sleep before the other lets go, it is woken
//   without being counted: the count of searching threads falls below zero and wrecks the pool.
//   Repaired: it waits until the other has let go.
#pragma once

#include "core/base/named.h"
#include "core/base/site.h"

namespace wyn::historical {

/// How a worker sleeps and is woken, and how many are awake. `Waits`: repaired.
template <class Env, bool Waits>
class interruptible_sleep {
 public:
  interruptible_sleep() {
    name_object<Env>(signal_, "signal");
    name_object<Env>(awake_, "awake");
  }

  void begin() {
    awake_.fetch_add(-1, count);
    signal_.store(asleep, site<"IS2 sleep.store", order::release>{});
  }
  /// The worker, when its timer has expired.
  void end_by_itself() {
    int seen = asleep;
    if (signal_.compare_exchange(seen, woken, claim)) {
      awake_.fetch_add(1, count);
      return;
    }
    while (Waits && signal_.load(site<"IS4 sleep.load", order::acquire>{}) == interrupting) {
      Env::pause();
    }
  }
  /// Another thread.
  void interrupt() {
    int seen = asleep;
    if (!signal_.compare_exchange(seen, interrupting, claim)) return;
    awake_.fetch_add(1, count);
    signal_.store(woken, site<"IS5 interrupt.store", order::release>{});
  }
  int awake() const { return awake_.load(site<"IS6 awake.load", order::relaxed>{}); }

 private:
  static constexpr int woken = 0;
  static constexpr int asleep = 1;
  static constexpr int interrupting = 2;
  static constexpr site<"IS1 awake.fetch_add", order::acq_rel> count{};
  static constexpr site<"IS3 signal.cas", order::acq_rel, order::acquire> claim{};

  typename Env::template atomic<int> signal_{woken};
  typename Env::template atomic<int> awake_{1};
};

// Goal:   Whoever is awake is counted, once.
// Method: A worker sleeps twice and wakes up by its timer; another thread wakes it once.
// Bound:  2 threads, 2 sleeps, 1 interruption.
template <class Env, bool Waits>
struct two_sleeps {
  static constexpr int threads = 2;

  void thread(int id) {
    if (id == 1) return worker.interrupt();
    for (int i = 0; i < 2; ++i) {
      worker.begin();
      worker.end_by_itself();
    }
  }
  void after() { Env::check(worker.awake() == 1, "a thread that is awake is counted"); }

  interruptible_sleep<Env, Waits> worker;
};

template <class Env>
struct wakes_beside_its_interrupter {
  using bug = two_sleeps<Env, false>;
  using repaired = two_sleeps<Env, true>;
};

}  // namespace wyn::historical
