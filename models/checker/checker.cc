#include "models/checker/checker.h"

#include <memory>
#include <string>
#include <unordered_set>
#include <utility>

#include "models/checker/execution.h"
#include "models/checker/report.h"
#include "models/checker/signal_guard.h"
#include "models/checker/work_list.h"

namespace wyn::model {

namespace {

verdict misuse(std::string text) {
  verdict v;
  v.message = std::move(text);
  v.report = std::string(to_string(v.kind)) + ": " + v.message + "\n";
  return v;
}

// What makes two complete graphs the same: the events, where they read from, and the place of each
// write.
std::string identity(const graph& g) {
  std::string key;
  const auto add = [&key](const auto& x) {
    key.append(reinterpret_cast<const char*>(&x), sizeof x);
  };
  for (int t = 0; t < g.threads(); ++t) {
    for (int i = 0; i < g.size(t); ++i) {
      const event& e = g.at(t, i);
      add(e.kind);
      add(e.location);
      add(e.reads_from);
      add(writes(e.kind) ? e.position : 0u);
      add(e.kind == event_kind::choice ? e.value_read : std::uint64_t{0});
    }
    key.push_back('/');
  }
  return key;
}

class exploration {
 public:
  exploration(const program& p, const options& o) : options_(o), execution_(p, o, work_) {
    work_.push(std::make_unique<graph>(p.threads));
  }

  verdict run() {
    while (!work_.empty()) {
      if (options_.max_executions != 0 &&
          verdict_.executions + verdict_.blocked >= options_.max_executions) {
        return finish(verdict_kind::bounded, failure::none,
                      "stopped after " + std::to_string(options_.max_executions) +
                          " executions (options::max_executions)");
      }
      work_list::item g = work_.pop();
      ++verdict_.runs;
      switch (execution_.run(*g)) {
        case execution::result::complete: complete(*g); break;
        case execution::result::blocked: ++verdict_.blocked; break;
        case execution::result::stopped: {
          verdict v = finish(execution_.stop_kind(), execution_.stop_failure(),
                             execution_.stop_text());
          v.report += describe(*g, execution_);
          return v;
        }
      }
      work_.drop(std::move(g));
    }
    if (verdict_.executions == 0) {
      return finish(verdict_kind::model_error, failure::none,
                    "no execution is complete: every one is blocked by assume() or by a wait");
    }
    return finish(verdict_kind::pass, failure::none,
                  std::to_string(verdict_.executions) + " executions");
  }

 private:
  void complete(const graph& g) {
    ++verdict_.executions;
    if (options_.count_duplicates && !seen_.insert(identity(g)).second) ++verdict_.duplicates;
  }

  verdict finish(verdict_kind kind, failure f, const std::string& text) {
    verdict v = verdict_;
    v.kind = kind;
    v.failure = f;
    v.message = kind == verdict_kind::fail ? std::string(to_string(f)) + ": " + text : text;
    v.unused_overrides = execution_.unused_overrides();
    v.report = std::string(to_string(kind)) + ": " + v.message + "\n" + "executions " +
               std::to_string(v.executions) + ", blocked " + std::to_string(v.blocked) +
               ", runs " + std::to_string(v.runs) + "\n";
    if (options_.model != memory_model::rc11_20) {
      v.report += std::string("memory model ") + to_string(options_.model) +
                  "; data races and lifetimes are judged by the happens-before of C++\n";
    }
    return v;
  }

  const options& options_;
  work_list work_;
  execution execution_;
  verdict verdict_;
  std::unordered_set<std::string> seen_;
};

}  // namespace

verdict check(const program& p, const options& o) {
  if (execution::current() != nullptr) return misuse("a model runs a check of its own");
  if (p.threads < 1 || p.threads > max_threads) {
    return misuse("a model has 1 to " + std::to_string(max_threads) + " threads, not " +
                  std::to_string(p.threads));
  }
  if (o.max_events < 1 || o.max_events > max_events_of_a_thread) {
    return misuse("options::max_events is 1 to " + std::to_string(max_events_of_a_thread));
  }
  if (o.max_silent_seconds < 1) return misuse("options::max_silent_seconds is at least 1");
  if (o.stack_bytes < 16 * 1024) return misuse("options::stack_bytes is at least 16384");
  const signal_guard guard(o.max_silent_seconds);
  return exploration(p, o).run();
}

}  // namespace wyn::model
