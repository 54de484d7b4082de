// What a task takes that has not run, or that waits: growth of resident memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "bench/compare/workload/spawning.h"
#include "bench/compare/workload/workload.h"
#include "bench/harness/resident.h"

namespace wyn::bench::compare {

/// Bytes for each task that is queued when the last one has been spawned. With one worker, which
/// spawns, nobody runs them meanwhile; those that ran all the same are not counted.
template <class Spawn>
class queued_workload final : public mark_workload<Spawn> {
 public:
  using mark_workload<Spawn>::mark_workload;

  void run() override {
    batch marks = this->marks();
    const std::int64_t before = resident_bytes();
    marks.after_spawning = [&] {
      const auto& bytes = this->bytes();
      const auto queued = std::max<std::ptrdiff_t>(std::count(bytes.begin(), bytes.end(), '\0'), 1);
      bytes_a_task_ = static_cast<double>(resident_bytes() - before) / static_cast<double>(queued);
    };
    this->spawn()(marks);
  }
  std::optional<double> value() const override { return bytes_a_task_; }

 private:
  double bytes_a_task_ = 0;
};

/// Bytes for each task that has begun and waits for something.
template <class System>
class parked_workload final : public workload {
 public:
  parked_workload(std::size_t tasks, System& s) : tasks_(tasks), s_(s) {}

  void run() override {
    const std::int64_t before = resident_bytes();
    ended_ = s_.park(tasks_, [&] {
      bytes_a_task_ = static_cast<double>(resident_bytes() - before) / static_cast<double>(tasks_);
    });
  }
  std::uint64_t answer() override { return ended_; }
  std::optional<double> value() const override { return bytes_a_task_; }

 private:
  const std::size_t tasks_;
  System& s_;
  std::uint64_t ended_ = 0;
  double bytes_a_task_ = 0;
};

template <class Spawn>
std::unique_ptr<workload> queueing(std::size_t n, Spawn spawn) {
  return std::make_unique<queued_workload<Spawn>>(n, spawn);
}

template <class System>
std::unique_ptr<workload> parking(std::size_t n, System& s) {
  return std::make_unique<parked_workload<System>>(n, s);
}

}  // namespace wyn::bench::compare
