// Replays of the models that take long to explore, by two explorers at once: all executions with
// --config=deep, where progress goes to standard error; else the first few, which show that the
// test does its work.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "models/checker/checker.h"
#include "models/checker/gtest_deep.h"
#include "models/checker/tools/trace.h"
#include "models/matrix/matrix.h"

namespace wyn::link {

/// `Replay` has run(trace), a problem or empty, and states(). Each thread has one of its own.
template <class Replay>
class concurrent_replays {
 public:
  explicit concurrent_replays(std::function<std::unique_ptr<Replay>()> make)
      : make_(std::move(make)) {}

  void replay(const model::execution_trace& t) {
    const std::string problem = of_this_thread().run(t);
    const std::lock_guard lock(mutex_);
    ++replayed_;
    if (!problem.empty() && problem_.empty()) problem_ = problem + "\n" + model::to_text(t);
  }

  // When all threads have ended.
  std::uint64_t replayed() const { return replayed_; }
  const std::string& problem() const { return problem_; }
  std::uint64_t states() const {
    std::uint64_t sum = 0;
    for (const auto& [thread, replay] : replays_) sum += replay->states();
    return sum;
  }

 private:
  Replay& of_this_thread() {
    const std::lock_guard lock(mutex_);
    std::unique_ptr<Replay>& mine = replays_[std::this_thread::get_id()];
    if (!mine) mine = make_();
    return *mine;
  }

  std::function<std::unique_ptr<Replay>()> make_;
  std::mutex mutex_;
  std::map<std::thread::id, std::unique_ptr<Replay>> replays_;
  std::uint64_t replayed_ = 0;
  std::string problem_;
};

/// Every execution of a model that has `executions` is replayed without a problem; 0: of a model
/// that has too many, those of one share of twenty, into which they are dealt like cards.
template <class Replay>
void expect_all_are_runs(const models::model_run& check, std::uint64_t executions,
                         model::trace_order order, bool with_side_steps,
                         std::function<std::unique_ptr<Replay>()> make) {
  concurrent_replays<Replay> replays(std::move(make));
  model::trace_recorder recorder([&](const model::execution_trace& t) { replays.replay(t); }, order,
                                 with_side_steps);
  recorder.calls_sink_concurrently();
  model::options o{.jobs = 2, .progress = 20, .watched_by = &recorder};
  if (executions == 0) o.shard = {0, 20};
  if (!model::is_deep()) o = {.max_executions = 2000, .watched_by = &recorder};
  const model::verdict v = check(o);
  EXPECT_EQ(replays.problem(), "");
  if (executions != 0 && model::is_deep()) {
    EXPECT_EQ(v.kind, model::verdict_kind::pass) << v.report;
    EXPECT_EQ(v.executions, executions);
    EXPECT_EQ(replays.replayed(), executions);
  } else {
    EXPECT_EQ(v.kind, model::verdict_kind::bounded) << v.report;
    EXPECT_GT(replays.replayed(), 100u);
  }
  std::printf("%llu executions replayed, %llu states\n",
              static_cast<unsigned long long>(replays.replayed()),
              static_cast<unsigned long long>(replays.states()));
}

}  // namespace wyn::link
