// What a runtime without work costs, and how fast it is awake.
#pragma once

#include <time.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <thread>

#include "bench/compare/workload/spawning.h"
#include "bench/compare/workload/workload.h"

namespace wyn::bench::compare {

/// One task for a runtime that sleeps: the time from before its spawn to its beginning. The thread
/// that spawned it sleeps meanwhile.
template <class Spawn>
class wake_workload final : public workload {
 public:
  explicit wake_workload(Spawn spawn) : spawn_(spawn) {}

  // Long enough for every runtime that sleeps at all to do so.
  void prepare() override {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    runs_ = 0;
  }
  void run() override {
    const auto from = clock::now();
    spawn_(begin, this);
    runs_.wait(0);
    waited_ns_ = std::chrono::duration<double, std::nano>(begun_ - from).count();
  }
  std::uint64_t answer() override { return runs_; }
  std::optional<double> value() const override { return waited_ns_; }

 private:
  using clock = std::chrono::steady_clock;

  static void begin(void* self) {
    auto& w = *static_cast<wake_workload*>(self);
    w.begun_ = clock::now();
    w.runs_.fetch_add(1);
    w.runs_.notify_one();
  }

  Spawn spawn_;
  std::atomic<std::uint32_t> runs_{0};
  clock::time_point begun_;
  double waited_ns_ = 0;
};

/// The processor time of the whole process while it has had nothing to do for some time, in per
/// cent of a core.
template <class Spawn>
class idle_workload final : public workload {
 public:
  idle_workload(std::size_t milliseconds, Spawn spawn) : duration_(milliseconds), once_(spawn) {}

  // After a task, so that all threads have been started.
  void prepare() override {
    once_.prepare();
    once_.run();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  void run() override {
    const double before = processor_ns();
    std::this_thread::sleep_for(duration_);
    const double wall = std::chrono::duration<double, std::nano>(duration_).count();
    percent_ = (processor_ns() - before) / wall * 100;
  }
  std::uint64_t answer() override { return once_.answer(); }
  std::optional<double> value() const override { return percent_; }

 private:
  static double processor_ns() {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
  }

  const std::chrono::milliseconds duration_;
  wake_workload<Spawn> once_;
  double percent_ = 0;
};

template <class Spawn>
std::unique_ptr<workload> waking(Spawn spawn) {
  return std::make_unique<wake_workload<Spawn>>(spawn);
}

template <class Spawn>
std::unique_ptr<workload> idling(std::size_t milliseconds, Spawn spawn) {
  return std::make_unique<idle_workload<Spawn>>(milliseconds, spawn);
}

}  // namespace wyn::bench::compare
