// The programs that the checker is measured on. Those with a name that ends in .c under genmc/ are
// written there once more, access by access, for GenMC.
#pragma once

#include "models/env/env_checker.h"

namespace wyn::bench {

namespace orders {
inline constexpr site<"relaxed", order::relaxed> relaxed{};
inline constexpr site<"acquire", order::acquire> acquire{};
inline constexpr site<"release", order::release> release{};
inline constexpr site<"acq_rel", order::acq_rel> acq_rel{};
inline constexpr site<"seq_cst", order::seq_cst> seq_cst{};
inline constexpr site<"release/relaxed", order::release, order::relaxed> release_or_relaxed{};
}  // namespace orders

/// One thread that does nothing: what a check costs by itself.
struct empty {
  static constexpr int threads = 1;
  void thread(int) {}
};

/// Store buffering, the smallest litmus test that shows a weak memory model: four executions.
struct store_buffering {
  static constexpr int threads = 2;
  env_checker::atomic<int> x, y;

  void thread(int id) {
    (id == 0 ? x : y).store(1, orders::relaxed);
    (id == 0 ? y : x).load(orders::relaxed);
  }
};

/// SV-COMP's fib_bench: two threads compute Fibonacci numbers from each other's, a third looks.
template <int Turns>
struct fib_bench {
  static constexpr int threads = 3;
  env_checker::atomic<int> i{1}, j{1};

  void thread(int id) {
    if (id == 2) {
      env_checker::check(i.load(orders::acquire) <= 144 && j.load(orders::acquire) <= 144,
                         "at most the 12th number");
      return;
    }
    for (int k = 0; k < Turns; ++k) {
      const int sum = i.load(orders::acquire) + j.load(orders::acquire);
      (id == 0 ? i : j).store(sum, orders::release);
    }
  }
};

/// A client of a Chase-Lev deque of ten slots, in the form with fences (Le, Pop, Cohen, Zappa
/// Nardelli, PPoPP'13). An item is an index into plain data that its taker reads: races on what the
/// deque protects are looked for all the while.
template <int Pushes, int Pops, int Thieves>
struct chase_lev {
  static constexpr int threads = 1 + Thieves;
  env_checker::atomic<unsigned> top, bottom;
  env_checker::atomic<int> slots[10];
  env_checker::atomic<int> taken[16];
  env_checker::plain<int> payload[16];

  void take(int v) {
    env_checker::check(v > 0 && v < 16, "an item that was pushed");
    env_checker::check(payload[v].read() == 100 + v, "what was pushed with the item");
    env_checker::check(taken[v].fetch_add(1, orders::relaxed) == 0, "no item is taken twice");
  }
  void push(int v) {
    const unsigned b = bottom.load(orders::relaxed);
    const unsigned t = top.load(orders::acquire);
    if (static_cast<int>(b - t) >= 10) return;
    payload[v].write(100 + v);
    slots[b % 10].store(v, orders::relaxed);
    env_checker::fence(orders::release);
    bottom.store(b + 1, orders::relaxed);
  }
  void pop() {
    const unsigned b = bottom.load(orders::relaxed);
    bottom.store(b - 1, orders::relaxed);
    env_checker::fence(orders::seq_cst);
    unsigned t = top.load(orders::relaxed);
    const int length = static_cast<int>(b - t);
    if (length <= 0) return bottom.store(b, orders::relaxed);
    const int v = slots[(b - 1) % 10].load(orders::relaxed);
    if (length > 1) return take(v);
    const bool won = top.compare_exchange(t, t + 1, orders::acq_rel);
    bottom.store(b, orders::relaxed);
    if (won) take(v);
  }
  void steal() {
    unsigned t = top.load(orders::relaxed);
    env_checker::fence(orders::seq_cst);
    const unsigned b = bottom.load(orders::acquire);
    if (static_cast<int>(b - t) <= 0) return;
    const int v = slots[t % 10].load(orders::relaxed);
    if (top.compare_exchange(t, t + 1, orders::release_or_relaxed)) take(v);
  }
  void thread(int id) {
    if (id != 0) return steal();
    for (int k = 0; k < Pushes; ++k) push(k + 1);
    for (int k = 0; k < Pops; ++k) pop();
  }
};

/// One execution of `Events` events in all: each thread writes and reads a location of its own. The
/// threads know nothing of each other, so whatever grows with the events of others shows here.
template <int Threads, int Events>
struct single_execution {
  static constexpr int threads = Threads;
  env_checker::atomic<int> x[Threads];

  void thread(int id) {
    for (int k = 0; k < Events / Threads / 2; ++k) {
      x[id].store(k, orders::release);
      x[id].load(orders::acquire);
    }
  }
};

}  // namespace wyn::bench
