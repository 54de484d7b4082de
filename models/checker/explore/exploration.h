// The exhaustive exploration of a program: takes graphs from the work list, runs the program along
// each, counts, and turns what stopped it into a verdict.
#pragma once

#include <string>
#include <unordered_set>

#include "models/checker/options.h"
#include "models/checker/program.h"
#include "models/checker/run/execution.h"
#include "models/checker/trust/work_list.h"
#include "models/checker/verdict.h"

namespace wyn::model {

class exploration {
 public:
  exploration(const program& p, const options& o);

  /// Explores everything, up to the first failure or bound. Once.
  verdict run();

 private:
  bool met_bound() const;
  void complete(const graph& g);
  verdict finish(verdict_kind kind, failure f, const std::string& text) const;

  const options& options_;
  work_list work_;
  execution execution_;
  verdict verdict_;
  std::unordered_set<std::string> seen_;
};

}  // namespace wyn::model
