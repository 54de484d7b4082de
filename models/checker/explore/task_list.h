// The subtrees of an exploration, shared among explorers on several OS threads.
//
// Order:      tasks stand in the order in which one explorer alone would explore them. An explorer
//             gives away the oldest graph of its stack, the one it would take last, so everything
//             that it keeps comes before: the new task's place is right behind its own, and each
//             task is one contiguous part of the order. Hence the first task that stops, and the
//             counts up to there, are the same however many explorers there are: what stands behind
//             it is cancelled and not counted.
// Progress:   one mutex. It is taken when a subtree changes hands, never for a single execution.
// Rejected:   a lock-free deque for each explorer: a graph would have to be portable when it is
//             pushed, for each and not for the few that are stolen.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "models/checker/explore/portable_graph.h"
#include "models/checker/verdict.h"

namespace wyn::model {

struct tally {
  std::uint64_t executions = 0;
  std::uint64_t blocked = 0;
  std::uint64_t runs = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t no_machine_run = 0;
  std::uint64_t beyond = 0;   ///< complete, with more preemptions than options::max_preemptions
  std::uint64_t cut_off = 0;  ///< graphs that were not run because of them

  void add(const tally& other);
  /// Counts a complete execution, explored under `model`.
  void count_complete(const graph& g, memory_model model);
  bool all_within_bound() const { return beyond == 0 && cut_off == 0; }
};

/// Why an exploration ended before it had seen everything.
struct stop_record {
  verdict_kind kind = verdict_kind::bounded;
  model::failure failure = model::failure::none;
  std::string text;
  std::string replay;  ///< script.h
  std::shared_ptr<const counterexample> trace;  ///< the execution of a failure
};

/// One subtree. Its explorer owns `counts` and `pending`; the rest belongs to the task_list.
struct task {
  portable_graph root;
  tally counts;
  /// What is left of it, first to be taken first: filled in at a common pause and when interrupted.
  std::vector<portable_graph> pending;
  std::atomic<bool> cancelled{false};

  enum class state : std::uint8_t { waiting, running, ended };
  state now = state::waiting;
  std::optional<stop_record> stop;
  std::list<task>::iterator self;
};

class task_list {
 public:
  /// Appends a subtree, or the counts of what was explored already. Before the exploration.
  void append(portable_graph root);
  void append_explored(const tally& counts);

  /// The first task that nobody has; waits for one. nullptr when there will be none.
  task* take();
  /// `t` has been explored, interrupted, cancelled, or has stopped for a reason that is recorded.
  void end(task& t, std::optional<stop_record> why = std::nullopt);
  /// A new task from the end of `t`.
  void give(task& t, portable_graph root);
  /// Whether some explorer waits for a task. May be out of date.
  bool hungry() const { return hungry_.load(std::memory_order_relaxed) > 0; }

  /// Ends the exploration without a verdict on the rest: every explorer is to leave its task, with
  /// the rest in `pending`. The first reason counts.
  void interrupt(stop_record why);
  /// Whether the caller is to look at interrupted() and pause_for().
  bool attention() const { return attention_.load(std::memory_order_relaxed); }
  bool interrupted() const { return interrupted_.load(std::memory_order_relaxed); }

  /// Asks every explorer to come to a common pause.
  void ask_for_pause();
  /// The explorer of a task, whose `pending` it has filled in, pauses until all do; the last one
  /// runs `all_paused`. Returns at once when no pause is asked for.
  void pause(const std::function<void()>& all_paused);

  /// In order. Only when no explorer runs, or in a pause.
  const std::list<task>& tasks() const { return tasks_; }
  /// Why interrupt() was called, if it was. Only when no explorer runs.
  const std::optional<stop_record>& interruption() const { return interruption_; }

 private:
  void count_hungry();
  void cancel_after(std::list<task>::iterator t);
  void merge(std::list<task>::iterator t);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::list<task> tasks_;
  int running_ = 0;  ///< tasks that explorers work on
  int waiting_explorers_ = 0;
  int waiting_tasks_ = 0;
  int paused_ = 0;
  std::uint64_t pauses_ = 0;
  bool pause_wanted_ = false;
  std::atomic<int> hungry_{0};
  std::atomic<bool> attention_{false};
  std::atomic<bool> interrupted_{false};
  std::optional<stop_record> interruption_;
};

}  // namespace wyn::model
