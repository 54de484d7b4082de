// What a runtime can be told at its construction, and what a spawn can answer.
#pragma once

#include <cstdint>
#include <limits>
#include <stdexcept>

namespace wyn {

/// What a spawn does when the queue of the spawning thread holds options::max_queued tasks.
enum class full_policy : unsigned char {
  grow,        ///< queue it all the same: only the memory of the machine bounds the queue
  run_inline,  ///< run the task at once, in the caller
  error,       ///< refuse it: spawn_status::full
};

/// What became of a spawn. Only `queued` and `ran_inline` mean that the task runs.
enum class spawn_status : unsigned char {
  queued,            ///< will run exactly once
  ran_inline,        ///< has run, in the caller (full_policy::run_inline, or no memory to queue it)
  full,              ///< refused under full_policy::error: max_queued, max_slots or memory used up
  no_memory,         ///< refused: none for the closure, or for what a thread needs to take part
  shut_down,         ///< refused: shutdown() has begun, and this is no task of the runtime
  forked,            ///< refused: the runtime belongs to the parent of a fork()
  too_many_threads,  ///< refused: 65,536 threads already take part
};

/// A sentence that says what to do about `status`. Static storage.
const char* describe(spawn_status status) noexcept;

/// Thrown by the spawning functions that have no status to return.
class spawn_error : public std::runtime_error {
 public:
  explicit spawn_error(spawn_status status)
      : std::runtime_error(describe(status)), status_(status) {}
  spawn_status status() const noexcept { return status_; }

 private:
  spawn_status status_;
};

/// See each member. Values out of range make the constructor of runtime throw
/// std::invalid_argument.
struct options {
  static constexpr unsigned all_cpus = std::numeric_limits<unsigned>::max();

  /// Background threads, 0 to 4096; all_cpus: as many as this process may use (affinity and cgroup
  /// quota). A thread that waits helps, so workers + 1 threads run tasks while one waits. With 0
  /// workers nothing runs until somebody waits.
  unsigned workers = all_cpus;

  /// Largest number of tasks in the queue of one thread, 1 to 2^40, rounded up to a power of two.
  std::int64_t max_queued = std::int64_t{1} << 20;
  full_policy on_full = full_policy::grow;

  /// Slots of the task pool that are reserved at the start, over all workers: so many of 128 bytes,
  /// for results and closures, and as many of 32 bytes, for closures of up to 32 bytes. No more
  /// than this machine's memory has room for.
  std::uint64_t reserved_slots = 8192;
  /// Largest number of slots of the task pool. A closure beyond it is treated as `on_full` says, a
  /// task with a handle is allocated by operator new. Under such a limit all slots have 128 bytes:
  /// it is a number of tasks, whatever their sizes. (Ten thousand small closures at once then take
  /// a fifth longer.)
  std::uint64_t max_slots = std::numeric_limits<std::uint64_t>::max();

  /// Steals tried at one victim before the next, at least 1.
  unsigned steal_attempts = 2;
  /// How long a thread without work searches before it sleeps, in microseconds, to 1,000,000.
  unsigned search_us = 20;
  /// How long a thread that goes to sleep only naps, in microseconds, at most one second. A sleep
  /// that lasts begins with a system call that takes some microseconds from every thread that runs;
  /// a thread that is woken from its nap does not make it, the others do once in this time, and so
  /// does the last that searched, at most once in this time, if somebody relied on it. The price: a
  /// wake-up that meets the very moment in which a thread begins its nap could be late by as much.
  /// (Of some hundred thousand in a test none was.) 0, or where the kernel refuses membarrier: none
  /// ever is.
  unsigned nap_us = 10'000;
};

}  // namespace wyn
