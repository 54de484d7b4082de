#include "models/checker/checker.h"

#include <string>
#include <utility>

#include "models/checker/explore/exploration.h"
#include "models/checker/report/text.h"
#include "models/checker/run/execution.h"
#include "models/checker/run/signal_guard.h"
#include "models/checker/tools/load_buffering.h"
#include "models/checker/trust/symmetry.h"

namespace wyn::model {

namespace {

verdict misuse(std::string text) {
  verdict v;
  v.message = std::move(text);
  v.report = text_of(v);
  return v;
}

// What is wrong with the arguments; empty: nothing.
std::string problem_of(const program& p, const options& o) {
  if (p.threads < 1 || p.threads > max_threads) {
    return "a model has 1 to " + std::to_string(max_threads) + " threads, not " +
           std::to_string(p.threads);
  }
  if (p.initial_threads > p.threads) {
    return "a model has " + std::to_string(p.threads) +
           " threads: initial_threads cannot be " + std::to_string(p.initial_threads);
  }
  if (std::string problem = problem_of_groups(p); !problem.empty()) return problem;
  if (o.max_events < 1 || o.max_events > max_events_of_a_thread) {
    return "options::max_events is 1 to " + std::to_string(max_events_of_a_thread);
  }
  if (o.max_silent_seconds < 1) return "options::max_silent_seconds is at least 1";
  if (o.stack_bytes < 16 * 1024) return "options::stack_bytes is at least 16384";
  if (o.jobs < 0 || o.jobs > max_jobs) return "options::jobs is 0 to " + std::to_string(max_jobs);
  if (o.max_preemptions < -1) return "options::max_preemptions is at least 0, or -1: no bound";
  if (o.max_preemptions >= 0 && o.mode != exploration_mode::exhaustive) {
    return "options::max_preemptions is for exhaustive checks: a sample has options::depth";
  }
  if (o.depth < 0) return "options::depth is at least 0";
  if (!(o.progress >= 0)) return "options::progress is at least 0";
  if (!(o.max_seconds >= 0)) return "options::max_seconds is at least 0";
  if (!(o.checkpoint_seconds >= 0)) return "options::checkpoint_seconds is at least 0";
  if (o.shard.count < 1 || o.shard.index < 0 || o.shard.index >= o.shard.count) {
    return "options::shard is {0 .. count - 1, count}, not {" + std::to_string(o.shard.index) +
           ", " + std::to_string(o.shard.count) + "}";
  }
  const bool all = o.mode == exploration_mode::exhaustive && o.replay.empty();
  if (!all && (o.shard.count > 1 || !o.checkpoint.empty() || o.count_duplicates)) {
    return "options::shard, checkpoint and count_duplicates are for exhaustive checks";
  }
  if (!o.checkpoint.empty() && o.count_duplicates) {
    return "options::count_duplicates does not go with options::checkpoint";
  }
  if (!o.checkpoint.empty() && o.lint_load_buffering) {
    return "options::lint_load_buffering does not go with options::checkpoint";
  }
  return {};
}

// The pairs come from all executions that this check has explored.
verdict run_linted(const program& p, const options& o) {
  load_buffering_lint lint(o.watched_by);
  options watched = o;
  watched.watched_by = &lint;
  verdict v = exploration(p, watched).run();
  for (const load_buffering_pair& pair : lint.pairs()) {
    v.load_buffering.push_back(to_string(pair));
  }
  if (!v.load_buffering.empty()) v.report += "open to load buffering on hardware:\n";
  for (const std::string& pair : v.load_buffering) v.report += "  " + pair + "\n";
  return v;
}

}  // namespace

verdict check(const program& p, const options& o) {
  if (execution::current() != nullptr) return misuse("a model runs a check of its own");
  std::string problem = problem_of(p, o);
  if (!problem.empty()) return misuse(std::move(problem));
  const signal_guard guard;
  return o.lint_load_buffering ? run_linted(p, o) : exploration(p, o).run();
}

}  // namespace wyn::model
