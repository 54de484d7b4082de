// Spawning by threads that are not the runtime's own: they run no tasks, and the waiting thread
// sleeps until the last task wakes it. Every system pays the same counting.
#pragma once

#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

#include "bench/compare/workload/spawning.h"

namespace wyn::bench::compare {

/// The tasks of a batch that have not run.
class countdown {
 public:
  explicit countdown(const batch& b) : function_(b.function), missing_(b.count) {}

  void run(void* argument) {
    function_(argument);
    if (missing_.fetch_sub(1, std::memory_order_acq_rel) == 1) missing_.notify_one();
  }
  void wait() const {
    for (std::size_t n = missing_.load(); n != 0; n = missing_.load()) missing_.wait(n);
  }

 private:
  const task_function function_;
  std::atomic<std::size_t> missing_;
};

/// spawn(f, argument) has the runtime call f(argument).
template <class Spawn>
void spawn_from_outside(const batch& b, int producers, const Spawn& spawn) {
  static countdown* current;  // what a task refers to is one pointer, as in the other workloads
  countdown missing(b);
  current = &missing;
  std::vector<std::thread> threads;
  const auto share = [&](std::size_t from) {
    for (std::size_t i = from; i < b.count; i += static_cast<std::size_t>(producers)) {
      spawn([](void* argument) { current->run(argument); }, b.argument(i));
    }
  };
  for (int p = 0; p < producers; ++p) threads.emplace_back(share, static_cast<std::size_t>(p));
  for (std::thread& t : threads) t.join();
  missing.wait();
}

/// Whether the runtime has k threads of its own for the workload: the one that waits is another.
inline bool is_outside(const request& r) {
  for (const char* name : {"spawn_outside", "producers", "wake", "idle"}) {
    if (r.workload == name) return true;
  }
  return false;
}

}  // namespace wyn::bench::compare
