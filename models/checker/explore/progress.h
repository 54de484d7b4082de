// One line on standard error, now and then, that says how far a long exploration is.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "models/checker/explore/estimate.h"
#include "models/checker/options.h"
#include "models/checker/program.h"

namespace wyn::model {

/// "wyn: 523000 executions run, 12 s; about 1.2e+06 complete ones in all, 9e+05 to 2e+06".
std::string progress_line(std::uint64_t runs, double seconds, const size_estimate& e);

class progress {
 public:
  progress(const program& p, const options& o);

  /// Whether lines are asked for: options::progress, or a terminal.
  bool wanted() const { return interval_ > 0; }

  /// From any explorer, after `runs` more executions. Now and then it prints; the first time it
  /// estimates the size, which takes some ten thousand executions.
  void tick(std::uint64_t runs);

 private:
  const program& program_;
  const options& options_;
  double interval_;
  std::chrono::steady_clock::time_point start_;
  std::atomic<std::uint64_t> runs_{0};
  std::atomic<std::int64_t> due_{0};  ///< milliseconds since the start
  std::optional<size_estimate> size_;
};

}  // namespace wyn::model
