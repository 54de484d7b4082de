#include "models/checker/explore/progress.h"

#include <unistd.h>

#include <cstdio>

namespace wyn::model {

namespace {
constexpr double seconds_on_a_terminal = 2;
constexpr std::uint64_t effort_of_estimate = 20000;
}  // namespace

std::string progress_line(std::uint64_t runs, double seconds, const size_estimate& e) {
  char text[160];
  std::snprintf(text, sizeof text,
                "wyn: %llu executions run, %.0f s; about %.3g complete ones in all, %.2g to %.2g",
                static_cast<unsigned long long>(runs), seconds, e.executions, e.low, e.high);
  return text;
}

progress::progress(const program& p, const options& o)
    : program_(p), options_(o), interval_(o.progress), start_(std::chrono::steady_clock::now()) {
  if (interval_ == 0 && isatty(STDERR_FILENO) != 0) interval_ = seconds_on_a_terminal;
  due_ = static_cast<std::int64_t>(interval_ * 1000);
}

void progress::tick(std::uint64_t runs) {
  const std::uint64_t all = runs_.fetch_add(runs, std::memory_order_relaxed) + runs;
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start_;
  const auto now = static_cast<std::int64_t>(passed.count() * 1000);
  std::int64_t due = due_.load(std::memory_order_acquire);
  if (now < due) return;
  // Who moves the date away has the estimate and the line to itself until it sets the next one.
  constexpr std::int64_t busy = INT64_MAX;
  if (!due_.compare_exchange_strong(due, busy, std::memory_order_acquire)) return;
  if (!size_) size_ = estimate_size(program_, options_, effort_of_estimate);
  std::fprintf(stderr, "%s\n", progress_line(all, passed.count(), *size_).c_str());
  due_.store(now + static_cast<std::int64_t>(interval_ * 1000), std::memory_order_release);
}

}  // namespace wyn::model
