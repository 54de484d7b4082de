// How the thread that waits learns that all tasks have run, where the runtime itself is not asked.
//
// One counter for all would be a line that every task of every thread writes to, and the systems
// would be compared by it: with two threads it costs 16 ns a task, with one 5. So there are two
// levels: a task counts down its block of 64 consecutive ones, and the last of a block the number
// of blocks. A block has a cache line, and is with the thread that runs its tasks.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace wyn::bench::compare {

/// The tasks 0 to `tasks` - 1 that have not run.
class countdown {
 public:
  static constexpr std::size_t block_tasks = 64;

  explicit countdown(std::size_t tasks)
      : tasks_(tasks), blocks_((tasks + block_tasks - 1) / block_tasks) {
    reset();
  }

  /// None of them has run. While nobody counts or waits.
  void reset() {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const std::size_t tasks = std::min(block_tasks, tasks_ - i * block_tasks);
      blocks_[i].missing = static_cast<std::uint32_t>(tasks);
    }
    missing_blocks_ = static_cast<std::uint32_t>(blocks_.size());
  }

  /// `task` has run. Once for each; any thread.
  void count(std::size_t task) {
    std::atomic<std::uint32_t>& missing = blocks_[task / block_tasks].missing;
    if (missing.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    if (missing_blocks_.fetch_sub(1, std::memory_order_acq_rel) == 1) missing_blocks_.notify_one();
  }

  /// Sleeps until all have run. One thread.
  void wait() const {
    for (auto n = missing_blocks(); n != 0; n = missing_blocks()) missing_blocks_.wait(n);
  }
  /// Blocks that have a task that has not run. Any thread.
  std::uint32_t missing_blocks() const { return missing_blocks_; }

 private:
  struct alignas(64) block {
    std::atomic<std::uint32_t> missing;
  };

  const std::size_t tasks_;
  std::vector<block> blocks_;
  alignas(64) std::atomic<std::uint32_t> missing_blocks_;
};

}  // namespace wyn::bench::compare
