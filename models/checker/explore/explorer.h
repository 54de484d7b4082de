// One OS thread's part of an exploration: takes subtrees from a task_list and walks each of them
// depth first, in a world of its own.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "models/checker/explore/task_list.h"
#include "models/checker/options.h"
#include "models/checker/program.h"
#include "models/checker/report/summary.h"
#include "models/checker/run/execution.h"
#include "models/checker/trust/work_list.h"

namespace wyn::model {

/// Executions between two ticks: a look at the clock costs about as much as a short execution.
inline constexpr unsigned executions_of_a_tick = 32;

/// What an explorer tells the exploration that it is a part of.
struct explorer_hooks {
  /// Before each execution; when it answers false it has interrupted the tasks. May be empty.
  std::function<bool()> may_run;
  /// After each complete execution; called from several OS threads. May be empty. Returns whether
  /// the graph had been met before.
  std::function<bool(const graph&, const object_table&)> complete;
  /// Now and then, between two executions: a chance to interrupt the tasks or to ask for a pause.
  /// May be empty.
  std::function<void()> tick;
  /// When an explorer has ended a task, and before a pause: what it has seen is the exploration's.
  /// Called from several OS threads. May be empty.
  std::function<void(run_summary&)> seen;
  /// In a common pause, on one of the explorers.
  std::function<void()> all_paused;
};

class explorer {
 public:
  explorer(const program& p, const options& o, task_list& tasks, const explorer_hooks& hooks);

  /// Until there are no tasks left. The caller holds a thread_guard (signal_guard.h).
  void run();

  std::vector<std::string> unused_overrides() const { return execution_.unused_overrides(); }
  run_summary& summary() { return summary_; }
  std::size_t granules() const { return execution_.memory().granules(); }

 private:
  void explore(task& t);
  void explore_one(task& t, bool fill_values);
  /// Runs the execution `g` again with two symmetric threads exchanged: it is one that stands for
  /// `g`, or the threads are not symmetric.
  void check_exchanged(const graph& g);
  void heed(task& t);
  void save_pending(task& t) const;
  void drop_all();

  const options& options_;
  task_list& tasks_;
  const explorer_hooks& hooks_;
  work_list work_;
  execution execution_;
  std::optional<stop_record> stop_;
  run_summary summary_;
  unsigned since_tick_ = 0;
};

}  // namespace wyn::model
