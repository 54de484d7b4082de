#include "models/checker/checker.h"

#include <string>
#include <utility>

#include "models/checker/explore/exploration.h"
#include "models/checker/report/text.h"
#include "models/checker/run/execution.h"
#include "models/checker/run/signal_guard.h"

namespace wyn::model {

namespace {

verdict misuse(std::string text) {
  verdict v;
  v.message = std::move(text);
  v.report = text_of(v);
  return v;
}

}  // namespace

verdict check(const program& p, const options& o) {
  if (execution::current() != nullptr) return misuse("a model runs a check of its own");
  if (p.threads < 1 || p.threads > max_threads) {
    return misuse("a model has 1 to " + std::to_string(max_threads) + " threads, not " +
                  std::to_string(p.threads));
  }
  if (p.initial_threads > p.threads) {
    return misuse("a model has " + std::to_string(p.threads) +
                  " threads: initial_threads cannot be " + std::to_string(p.initial_threads));
  }
  if (o.max_events < 1 || o.max_events > max_events_of_a_thread) {
    return misuse("options::max_events is 1 to " + std::to_string(max_events_of_a_thread));
  }
  if (o.max_silent_seconds < 1) return misuse("options::max_silent_seconds is at least 1");
  if (o.stack_bytes < 16 * 1024) return misuse("options::stack_bytes is at least 16384");
  if (o.jobs < 0 || o.jobs > max_jobs) {
    return misuse("options::jobs is 0 to " + std::to_string(max_jobs));
  }
  const signal_guard guard;
  return exploration(p, o).run();
}

}  // namespace wyn::model
