#include "models/checker/explore/exploration.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "models/checker/graph/identity.h"
#include "models/checker/report/text.h"
#include "models/checker/run/signal_guard.h"

namespace wyn::model {

exploration::exploration(const program& p, const options& o) : program_(p), options_(o) {
  if (o.max_executions != 0) hooks_.may_run = [this] { return may_run(); };
  if (o.count_duplicates) {
    hooks_.complete = [this](const graph& g, const object_table& objects) {
      return seen_before(g, objects);
    };
  }
}

// A bound on their number ends the exploration at the same execution each time: with one explorer.
int exploration::jobs() const {
  if (options_.max_executions != 0) return 1;
  if (options_.jobs != 0) return options_.jobs;
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, max_jobs);
}

bool exploration::may_run() {
  if (begun_.fetch_add(1, std::memory_order_relaxed) < options_.max_executions) return true;
  tasks_.interrupt({verdict_kind::bounded, failure::none,
                    "stopped after " + std::to_string(options_.max_executions) +
                        " executions (options::max_executions)",
                    {}});
  return false;
}

// Explorers number locations each in its own way, so the key is that of the portable form, which
// numbers them in the order of the events.
bool exploration::seen_before(const graph& g, const object_table& objects) {
  std::string key = identity(g);
  for (const location_key& k : export_graph(g, objects).locations) {
    key += std::to_string(k.granule) + "." + std::to_string(k.generation) + "/";
  }
  const std::lock_guard lock(mutex_);
  return !seen_.insert(std::move(key)).second;
}

// An override is unused if no explorer used it.
void exploration::collect_unused(const explorer& e) {
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
    collect_unused(e);
  };
  std::vector<std::thread> others;
  for (int i = 1; i < n; ++i) others.emplace_back(explore);
  explore();
  for (std::thread& t : others) t.join();
}

verdict exploration::run() {
  portable_graph root;
  root.rows.resize(static_cast<std::size_t>(program_.threads));
  tasks_.append(std::move(root));
  run_explorers(jobs());
  return conclude();
}

verdict exploration::conclude() const {
  tally sum;
  for (const task& t : tasks_.tasks()) {
    sum.add(t.counts);
    if (!t.stop) continue;
    verdict v = finish(t.stop->kind, t.stop->failure, t.stop->text, sum);
    v.trace = t.stop->trace;
    v.report = text_of(v);
    return v;
  }
  if (const auto& why = tasks_.interruption()) {
    return finish(why->kind, why->failure, why->text, sum);
  }
  if (sum.executions == 0) {
    return finish(verdict_kind::model_error, failure::none,
                  "no execution is complete: every one is blocked by assume() or by a wait", sum);
  }
  return finish(verdict_kind::pass, failure::none, std::to_string(sum.executions) + " executions",
                sum);
}

verdict exploration::finish(verdict_kind kind, failure f, const std::string& text,
                            const tally& sum) const {
  verdict v;
  v.kind = kind;
  v.failure = f;
  v.executions = sum.executions;
  v.blocked = sum.blocked;
  v.runs = sum.runs;
  v.duplicates = sum.duplicates;
  v.message = kind == verdict_kind::fail ? std::string(to_string(f)) + ": " + text : text;
  v.unused_overrides = unused_overrides_;
  v.semantics = options_.model;
  v.report = text_of(v);
  return v;
}

}  // namespace wyn::model
