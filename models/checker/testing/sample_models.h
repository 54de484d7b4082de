// Models that the tests of the exploration share: large ones, and ones whose values are addresses.
#pragma once

#include <cstdint>
#include <new>

#include "models/env/env_checker.h"

namespace wyn::explore_samples {

using env = env_checker;

inline constexpr site<"relaxed", order::relaxed> relaxed{};
inline constexpr site<"acquire", order::acquire> acquire{};
inline constexpr site<"release", order::release> release{};
inline constexpr site<"acq_rel", order::acq_rel> acq_rel{};

/// Two threads compute Fibonacci numbers from each other's; a third looks (SV-COMP's fib_bench).
/// With 5 steps there are 525,630 executions. A bound below the largest number makes it fail.
template <int Steps, int Bound = 144>
struct fib_bench {
  static constexpr int threads = 3;
  env::atomic<int> i{1}, j{1};

  void thread(int id) {
    if (id == 2) {
      const int a = i.load(acquire);
      const int b = j.load(acquire);
      env::check(a <= Bound && b <= Bound, "at most the 12th number");
      return;
    }
    for (int k = 0; k < Steps; ++k) {
      const int sum = i.load(acquire) + j.load(acquire);
      (id == 0 ? i : j).store(sum, release);
    }
  }
};

/// A stack of nodes: addresses, with a tag in their lowest bit and a shift that no translation of
/// values could see through, travel through atomics, and plain data lies behind them.
template <int Pushes, bool Broken = false>
struct tagged_stack {
  static constexpr int threads = 3;
  struct node {
    env::plain<int> value;
    std::uintptr_t next = 0;
  };
  env::atomic<std::uintptr_t> head{0};

  static std::uintptr_t pack(node* n, int tag) {
    return (reinterpret_cast<std::uintptr_t>(n) << 3) | static_cast<unsigned>(tag);
  }
  static node* unpack(std::uintptr_t p) {
    return reinterpret_cast<node*>((p & ~std::uintptr_t{7}) >> 3);
  }

  void push(int v) {
    auto* n = ::new (env::allocate(sizeof(node), alignof(node))) node();
    n->value.write(v);
    std::uintptr_t old = head.load(relaxed);
    bool pushed = false;
    while (!pushed) {
      n->next = old;
      const std::uintptr_t packed = pack(n, v & 1);
      pushed = Broken ? head.compare_exchange(old, packed, relaxed)
                      : head.compare_exchange(old, packed, release);
    }
  }
  void thread(int id) {
    if (id == 2) {
      const std::uintptr_t top = head.exchange(0, acquire);
      for (std::uintptr_t p = top; unpack(p) != nullptr; p = unpack(p)->next) {
        const int value = unpack(p)->value.read();
        env::check((value & 1) == static_cast<int>(p & 1), "the tag of the value");
      }
      return;
    }
    for (int k = 0; k < Pushes; ++k) push(2 * k + id);
  }
};

/// Two threads add to a counter without atomicity: the outcome is what is left of the sum.
template <int Additions>
struct lossy_counter {
  static constexpr int threads = 2;
  env::atomic<int> sum{0};

  void thread(int) {
    for (int k = 0; k < Additions; ++k) sum.store(sum.load(relaxed) + 1, relaxed);
  }
  void after() { env::outcome("sum", sum.load(relaxed)); }
};

}  // namespace wyn::explore_samples
