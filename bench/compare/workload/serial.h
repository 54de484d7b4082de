// The workloads without tasks: the baseline, and where the right answers come from.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "bench/compare/workload/spawning.h"

namespace wyn::bench::compare {

class serial_system {
 public:
  template <class F, class G>
  auto both(F&& f, G&& g) {
    every_call_counts();
    const std::uint64_t a = f();
    return std::pair<std::uint64_t, std::uint64_t>(a, g());
  }
  template <class F, class G>
  void fork(F&& f, G&& g) {
    f();
    g();
  }
  template <class F>
  std::uint64_t sum(std::size_t n, const F& f) {
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < n; ++i) {
      every_call_counts();
      total += f(i);
    }
    return total;
  }
  template <class Body>
  void loop(std::size_t n, std::size_t, const Body& body) {
    body(0, n);
  }
  void own_sort(std::uint64_t* first, std::uint64_t* last) { std::sort(first, last); }
  void spawn_each(const batch& b) {
    for (std::size_t i = 0; i < b.count; ++i) b.function(b.argument(i));
  }

 private:
  // Otherwise the compiler merges equal calls: fib(27) then takes a twentieth of the time, and of
  // the calls.
  static void every_call_counts() { asm volatile(""); }
};

}  // namespace wyn::bench::compare
