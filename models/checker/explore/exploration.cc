#include "models/checker/explore/exploration.h"

#include <memory>
#include <utility>

#include "models/checker/graph/identity.h"
#include "models/checker/report/report.h"

namespace wyn::model {

exploration::exploration(const program& p, const options& o)
    : options_(o), execution_(p, o, work_) {
  work_.push(std::make_unique<graph>(p.threads));
}

bool exploration::met_bound() const {
  return options_.max_executions != 0 &&
         verdict_.executions + verdict_.blocked >= options_.max_executions;
}

verdict exploration::run() {
  while (!work_.empty()) {
    if (met_bound()) {
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

void exploration::complete(const graph& g) {
  ++verdict_.executions;
  if (options_.count_duplicates && !seen_.insert(identity(g)).second) ++verdict_.duplicates;
}

verdict exploration::finish(verdict_kind kind, failure f, const std::string& text) const {
  verdict v = verdict_;
  v.kind = kind;
  v.failure = f;
  v.message = kind == verdict_kind::fail ? std::string(to_string(f)) + ": " + text : text;
  v.unused_overrides = execution_.unused_overrides();
  v.report = std::string(to_string(kind)) + ": " + v.message + "\n" + "executions " +
             std::to_string(v.executions) + ", blocked " + std::to_string(v.blocked) + ", runs " +
             std::to_string(v.runs) + "\n";
  if (options_.model != memory_model::rc11_20) {
    v.report += std::string("memory model ") + to_string(options_.model) +
                "; data races and lifetimes are judged by the happens-before of C++\n";
  }
  return v;
}

}  // namespace wyn::model
