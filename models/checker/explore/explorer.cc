#include "models/checker/explore/explorer.h"

#include <memory>
#include <utility>

#include "models/checker/report/shorten.h"
#include "models/checker/trust/script.h"

namespace wyn::model {

explorer::explorer(const program& p, const options& o, task_list& tasks,
                   const explorer_hooks& hooks)
    : options_(o), tasks_(tasks), hooks_(hooks), execution_(p, o, work_), summary_(o) {}

void explorer::run() {
  while (task* t = tasks_.take()) {
    stop_.reset();
    explore(*t);
    drop_all();
    if (hooks_.seen) hooks_.seen(summary_);
    tasks_.end(*t, std::move(stop_));
  }
}

void explorer::explore(task& t) {
  work_.push(std::make_unique<graph>(import_graph(t.root, execution_.objects(), options_.model)));
  t.root = {};
  for (bool fill_values = true; !work_.empty() && !stop_; fill_values = false) {
    if (t.cancelled.load(std::memory_order_relaxed)) return;
    if (hooks_.tick && ++since_tick_ >= executions_of_a_tick) {
      since_tick_ = 0;
      hooks_.tick();
    }
    if (tasks_.attention()) heed(t);
    if (tasks_.interrupted() || (hooks_.may_run && !hooks_.may_run())) {
      save_pending(t);
      return;
    }
    explore_one(t, fill_values);
    if (tasks_.hungry() && work_.size() > 1) {
      work_list::item given = work_.pop_oldest();
      tasks_.give(t, export_graph(*given, execution_.objects()));
      work_.drop(std::move(given));
    }
  }
}

namespace {

// One execution of eight, the same ones however many explorers there are.
bool drawn(const graph& g) {
  std::uint64_t h = 0xcbf29ce484222325u;
  for (const char c : to_word(g)) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return (h >> 32) % 8 == 0;
}

}  // namespace

void explorer::check_exchanged(const graph& g) {
  const auto [s, t] = execution_.symmetric().pair(static_cast<unsigned>(g.total()));
  const std::size_t base = work_.size();
  graph other =
      import_graph(exchanged(export_graph(g, execution_.objects()), s, t, execution_.memory()),
                   execution_.objects(), options_.model);
  const execution::result r = execution_.run(other, true);
  while (work_.size() > base) work_.drop(work_.pop());
  if (r == execution::result::complete && other.total() == g.total()) return;
  // What fails is an execution of the program, like any other.
  if (r == execution::result::stopped && execution_.stop_kind() == verdict_kind::fail) {
    stop_ = stop_record{execution_.stop_kind(), execution_.stop_failure(), execution_.stop_text(),
                        to_word(other), nullptr};
    stop_->trace = trace_of(other, execution_);
    return;
  }
  const std::string what =
      r == execution::result::stopped ? execution_.stop_text() : "they do something else";
  stop_ = stop_record{verdict_kind::model_error,
                      failure::none,
                      "threads " + std::to_string(s) + " and " + std::to_string(t) +
                          " are not symmetric, as the model declares: an execution was run with "
                          "the two exchanged, and " +
                          what,
                      {},
                      nullptr};
}

void explorer::explore_one(task& t, bool fill_values) {
  work_list::item g = work_.pop();
  const bool first = g->total() == 0;
  const std::size_t base = work_.size();
  ++t.counts.runs;
  const std::uint64_t cut_off_before = execution_.cut_off();
  observer* const watcher = options_.watched_by;
  const bool logged = watcher != nullptr && watcher->wants_side_steps();
  side_log log;
  const execution::result r =
      logged ? execution_.run_logged(*g, log, fill_values) : execution_.run(*g, fill_values);
  t.counts.cut_off += execution_.cut_off() - cut_off_before;
  if (r == execution::result::complete && !execution_.is_within_bound()) {
    ++t.counts.beyond;
    return work_.drop(std::move(g));
  }
  if (watcher != nullptr && r != execution::result::stopped) {
    if (logged) watcher->side_steps(log, execution_);
    watcher->ended(*g, execution_);
  }
  switch (r) {
    case execution::result::complete:
      t.counts.count_complete(*g, options_.model);
      summary_.complete(*g, execution_);
      if (hooks_.complete && hooks_.complete(*g, execution_.objects())) ++t.counts.duplicates;
      if (execution_.symmetric().on() && (first || drawn(*g))) check_exchanged(*g);
      break;
    case execution::result::blocked:
      ++t.counts.blocked;
      summary_.blocked(*g, execution_);
      break;
    case execution::result::stopped: {
      const verdict_kind kind = execution_.stop_kind();
      const failure found = execution_.stop_failure();
      const std::string text = execution_.stop_text();
      // First, because the graph becomes that of the failure that is shown.
      const auto trace = shortest_trace(*g, execution_, work_, base);
      stop_ = stop_record{execution_.stop_kind(), execution_.stop_failure(), execution_.stop_text(),
                          to_word(*g), trace};
      // A construction is no event: what races with it need not come again in a second run.
      if (stop_->kind != kind) {
        stop_->kind = kind;
        stop_->failure = found;
        stop_->text = text;
      }
    }
  }
  work_.drop(std::move(g));
}

void explorer::heed(task& t) {
  if (tasks_.interrupted()) return;
  save_pending(t);
  if (hooks_.seen) hooks_.seen(summary_);
  tasks_.pause(hooks_.all_paused);
  t.pending.clear();
}

void explorer::save_pending(task& t) const {
  for (std::size_t n = 0; n < work_.size(); ++n) {
    t.pending.push_back(export_graph(work_.pending(n), execution_.objects()));
  }
}

void explorer::drop_all() {
  while (!work_.empty()) work_.drop(work_.pop());
}

}  // namespace wyn::model
