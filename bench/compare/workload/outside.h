// Spawning by threads that are not the runtime's own: they run no tasks, and the waiting thread
// sleeps until the last task wakes it. Every system pays the same counting.
#pragma once

#include <cstddef>
#include <memory>
#include <thread>
#include <vector>

#include "bench/compare/workload/countdown.h"
#include "bench/compare/workload/spawning.h"

namespace wyn::bench::compare {

/// The tasks of marked_bytes, in equal shares, each of them spawned by a thread of its own.
/// spawn(f, argument) has the runtime call f(argument).
template <class Spawn>
class outside_workload final : public marked_bytes {
 public:
  outside_workload(std::size_t n, int producers, Spawn spawn)
      : marked_bytes(n),
        producers_(static_cast<std::size_t>(producers)),
        spawn_(spawn),
        missing_(n) {}

  void prepare() override {
    marked_bytes::prepare();
    missing_.reset();
  }
  void run() override {
    const batch all = marks();
    function_ = all.function;
    first_ = all.first;
    current = this;
    std::vector<std::thread> threads;
    for (std::size_t p = 0; p < producers_; ++p) {
      const std::size_t from = all.count * p / producers_, to = all.count * (p + 1) / producers_;
      threads.emplace_back([this, &all, from, to] {
        for (std::size_t i = from; i < to; ++i) spawn_(task, all.argument(i));
      });
    }
    for (std::thread& t : threads) t.join();
    missing_.wait();
  }

 private:
  // What a task refers to is one pointer, to its byte, as in the other workloads.
  static void task(void* byte) {
    outside_workload& w = *current;
    w.function_(byte);
    w.missing_.count(static_cast<std::size_t>(static_cast<char*>(byte) - w.first_));
  }
  inline static outside_workload* current = nullptr;

  const std::size_t producers_;
  const Spawn spawn_;
  task_function function_ = nullptr;
  const char* first_ = nullptr;
  countdown missing_;
};

template <class Spawn>
std::unique_ptr<workload> marking_outside(std::size_t n, int producers, Spawn spawn) {
  return std::make_unique<outside_workload<Spawn>>(n, producers, spawn);
}

/// Whether the runtime has k threads of its own for the workload: the one that waits is another.
inline bool is_outside(const request& r) {
  for (const char* name : {"spawn_outside", "producers", "wake", "idle"}) {
    if (r.workload == name) return true;
  }
  return false;
}

}  // namespace wyn::bench::compare
