#include "models/checker/explore/exploration.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "models/checker/explore/sampling.h"
#include "models/checker/explore/split.h"
#include "models/checker/graph/identity.h"
#include "models/checker/report/text.h"
#include "models/checker/run/signal_guard.h"
#include "models/checker/trust/symmetry.h"

namespace wyn::model {

exploration::exploration(const program& p, const options& o)
    : program_(p), options_(o), progress_(p, o) {
  if (o.max_executions != 0) hooks_.may_run = [this] { return may_run(); };
  if (o.count_duplicates) {
    hooks_.complete = [this](const graph& g, const object_table& objects) {
      return seen_before(g, objects);
    };
  }
  if (!o.checkpoint.empty()) checkpoint_.emplace(o.checkpoint, p, o);
  deadline_ = deadline_of_check(o.max_seconds);
  if (deadline_ || checkpoint_ || progress_.wanted()) hooks_.tick = [this] { tick(); };
  hooks_.all_paused = [this] { save_checkpoint(); };
  if (checkpoint_) hooks_.seen = [this](run_summary& s) { collect_seen(s); };
}

namespace {

std::int64_t in_ticks(double seconds) {
  using clock = std::chrono::steady_clock;
  // A century is never.
  const std::chrono::duration<double> d(std::min(seconds, 3e9));
  return std::chrono::duration_cast<clock::duration>(d).count();
}

std::int64_t ticks_now() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

}  // namespace

bool exploration::time_is_up() const {
  return deadline_ && ticks_now() >= deadline_->when.time_since_epoch().count();
}

void exploration::tick() {
  if (progress_.wanted()) progress_.tick(executions_of_a_tick);
  const std::int64_t now = ticks_now();
  if (time_is_up()) {
    tasks_.interrupt({verdict_kind::bounded, failure::none, deadline_->reason, {}, {}});
    return;
  }
  std::int64_t due = next_checkpoint_.load(std::memory_order_relaxed);
  if (!checkpoint_ || now < due) return;
  const std::int64_t next = now + in_ticks(options_.checkpoint_seconds);
  if (next_checkpoint_.compare_exchange_strong(due, next, std::memory_order_relaxed)) {
    tasks_.ask_for_pause();
  }
}

void exploration::save_checkpoint() {
  if (!checkpoint_problem_.empty()) return;
  checkpoint_problem_ = checkpoint_->save(tasks_.tasks(), summary_);
}

// A bound on their number ends the exploration at the same execution each time: with one explorer.
int exploration::jobs() const {
  if (options_.max_executions != 0) return 1;
  if (options_.jobs != 0) return options_.jobs;
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, max_jobs);
}

bool exploration::may_run() {
  if (begun_.fetch_add(1, std::memory_order_relaxed) < options_.max_executions) return true;
  tasks_.interrupt({verdict_kind::bounded,
                    failure::none,
                    "stopped after " + std::to_string(options_.max_executions) +
                        " executions (options::max_executions)",
                    {},
                    {}});
  return false;
}

// Explorers number locations each in its own way; the portable form numbers them in the order of
// the events, and so does the key.
bool exploration::seen_before(const graph& g, const object_table& objects) {
  const portable_graph p = export_graph(g, objects);
  graph canonical = g;
  for (int t = 0; t < g.threads(); ++t) {
    int i = 0;
    for (const event& e : p.rows[static_cast<std::size_t>(t)]) {
      canonical.at(t, i++).location = e.location;
    }
  }
  std::string key = identity(canonical);
  for (const location_key& k : p.locations) {
    key += std::to_string(k.granule) + "." + std::to_string(k.generation) + "/";
  }
  const std::lock_guard lock(mutex_);
  return !seen_.insert(std::move(key)).second;
}

void exploration::collect_seen(run_summary& s) {
  const std::lock_guard lock(mutex_);
  summary_.merge(s);
  s.clear();
}

// An override is unused if no explorer used it.
void exploration::collect(explorer& e) {
  collect_seen(e.summary());
  std::vector<std::string> unused = e.unused_overrides();
  const std::lock_guard lock(mutex_);
  if (explored_once_) {
    std::erase_if(unused, [&](const std::string& name) {
      return std::find(unused_overrides_.begin(), unused_overrides_.end(), name) ==
             unused_overrides_.end();
    });
  }
  unused_overrides_ = std::move(unused);
  explored_once_ = true;
}

void exploration::run_explorers(int n) {
  const auto explore = [this] {
    const thread_guard guard(options_.max_silent_seconds);
    explorer e(program_, options_, tasks_, hooks_);
    e.run();
    collect(e);
  };
  std::vector<std::thread> others;
  for (int i = 1; i < n; ++i) others.emplace_back(explore);
  explore();
  for (std::thread& t : others) t.join();
}

bool exploration::begin() {
  if (checkpoint_ && checkpoint_->exists()) return resume();
  next_checkpoint_ = ticks_now() + in_ticks(options_.checkpoint_seconds);
  if (options_.shard.count > 1) return begin_share();
  portable_graph root;
  root.rows.resize(static_cast<std::size_t>(program_.threads));
  tasks_.append(std::move(root));
  return true;
}

bool exploration::resume() {
  next_checkpoint_ = ticks_now() + in_ticks(options_.checkpoint_seconds);
  const std::size_t granules =
      world(program_.threads, options_.stack_bytes, options_.arena_bytes).granules();
  std::string problem = checkpoint_->load(tasks_, summary_, granules);
  if (problem.empty()) return true;
  begin_stop_ = stop_record{verdict_kind::model_error, failure::none, std::move(problem), {}, {}};
  return false;
}

bool exploration::begin_share() {
  const thread_guard guard(options_.max_silent_seconds);
  share mine = split(program_, options_);
  if (mine.stop) {
    begin_stop_ = std::move(mine.stop);
    return false;
  }
  tasks_.append_explored(mine.explored);
  summary_.merge(mine.seen);
  for (portable_graph& g : mine.subtrees) tasks_.append(std::move(g));
  fingerprint_ = mine.fingerprint;
  return true;
}

verdict exploration::run_some() {
  const thread_guard guard(options_.max_silent_seconds);
  tally counts;
  if (!options_.replay.empty()) return finish(replay(program_, options_, counts), counts);
  return finish(sample(
                    program_, options_, [this] { return time_is_up(); }, counts),
                counts);
}

verdict exploration::run() {
  const bool all = options_.mode == exploration_mode::exhaustive && options_.replay.empty();
  if (!all) return run_some();
  if (!begin()) return finish(*begin_stop_, {});
  run_explorers(jobs());
  verdict v = conclude();
  if (!checkpoint_) return v;
  if (tasks_.interruption() && v.kind == verdict_kind::bounded)
    save_checkpoint();
  else
    checkpoint_->remove();
  if (checkpoint_problem_.empty()) return v;
  return finish({verdict_kind::model_error, failure::none, checkpoint_problem_, {}, {}}, {});
}

verdict exploration::conclude() const {
  tally sum;
  for (const task& t : tasks_.tasks()) {
    sum.add(t.counts);
    if (t.stop) return finish(*t.stop, sum);
  }
  if (tasks_.interruption()) return finish(*tasks_.interruption(), sum);
  const std::string count = std::to_string(sum.executions) + " executions";
  verdict v;
  if (options_.shard.count > 1) {
    v = finish({verdict_kind::bounded,
                failure::none,
                "share " + std::to_string(options_.shard.index) + " of " +
                    std::to_string(options_.shard.count) + " was explored: " + count,
                {},
                {}},
               sum);
  } else if (sum.executions == 0 && sum.all_within_bound()) {
    return finish({verdict_kind::model_error,
                   failure::none,
                   "no execution is complete: every one is blocked by assume() or by a wait",
                   {},
                   {}},
                  sum);
  } else if (!sum.all_within_bound()) {
    v = finish({verdict_kind::bounded,
                failure::none,
                count + " with at most " + std::to_string(options_.max_preemptions) +
                    " preemptions, and others with more (options::max_preemptions)",
                {},
                {}},
               sum);
  } else {
    v = finish({verdict_kind::pass, failure::none, count, {}, {}}, sum);
  }
  v.explored = true;
  return v;
}

verdict exploration::finish(const stop_record& why, const tally& sum) const {
  verdict v;
  v.kind = why.kind;
  v.failure = why.failure;
  v.executions = sum.executions;
  v.blocked = sum.blocked;
  v.runs = sum.runs;
  v.duplicates = sum.duplicates;
  v.no_machine_run = sum.no_machine_run;
  v.beyond = sum.beyond;
  v.cut_off = sum.cut_off;
  v.split = fingerprint_;
  const bool failed = why.kind == verdict_kind::fail;
  const std::string& text = why.trace != nullptr ? why.trace->text : why.text;
  v.message = failed ? std::string(to_string(why.failure)) + ": " + text : text;
  v.unused_overrides = unused_overrides_;
  v.semantics = options_.model;
  v.symmetry = symmetry_in_words(program_, options_);
  v.trace = why.trace;
  if (failed) v.replay = why.replay;
  summary_.put_into(v);
  v.report = text_of(v);
  return v;
}

}  // namespace wyn::model
