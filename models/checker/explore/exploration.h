// The exhaustive exploration of a program by one or more explorers, and its verdict.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "models/checker/explore/checkpoint.h"
#include "models/checker/explore/deadline.h"
#include "models/checker/explore/explorer.h"
#include "models/checker/explore/progress.h"
#include "models/checker/explore/task_list.h"
#include "models/checker/options.h"
#include "models/checker/program.h"
#include "models/checker/verdict.h"

namespace wyn::model {

class exploration {
 public:
  exploration(const program& p, const options& o);

  /// Explores everything, up to the first failure or bound. Once. The caller holds a signal_guard.
  verdict run();

 private:
  int jobs() const;
  /// What is to be explored; false: begin_stop_ says why there is nothing to be done.
  bool begin();
  bool resume();
  bool begin_share();
  void tick();
  bool time_is_up() const;
  /// options::mode and options::replay.
  verdict run_some();
  void save_checkpoint();
  bool may_run();
  bool seen_before(const graph& g, const object_table& objects);
  void run_explorers(int n);
  void collect(explorer& e);
  void collect_seen(run_summary& s);
  verdict conclude() const;
  verdict finish(const stop_record& why, const tally& sum) const;

  const program& program_;
  const options& options_;
  task_list tasks_;
  explorer_hooks hooks_;
  std::optional<stop_record> begin_stop_;
  std::optional<deadline> deadline_;
  progress progress_;
  std::optional<checkpoint_file> checkpoint_;
  std::atomic<std::int64_t> next_checkpoint_{0};  ///< ticks of the steady clock
  std::string checkpoint_problem_;                ///< written in a pause, or by one explorer
  std::uint64_t fingerprint_ = 0;
  std::atomic<std::uint64_t> begun_{0};

  std::mutex mutex_;  ///< guards what follows
  std::unordered_set<std::string> seen_;
  std::vector<std::string> unused_overrides_;
  run_summary summary_{options_};
  bool explored_once_ = false;
};

}  // namespace wyn::model
