// The historical bugs: what is known of each, and how to check the model of it and of its repair.
#pragma once

#include <cstdint>
#include <vector>

#include "models/checker/graph/memory_model.h"
#include "models/checker/program.h"
#include "models/checker/verdict.h"

namespace wyn::historical {

/// A memory model that hides the bug: with so many executions, all of them right.
struct hiding_model {
  model::memory_model model;
  std::uint64_t executions;
};

struct historical_bug {
  const char* name;    ///< of its struct, of its paragraph in the header, of its golden report
  const char* header;  ///< in models/historical
  const char* source;  ///< who shipped it, in a few words
  model::failure fails_as;
  std::uint64_t repaired_executions;  ///< golden
  std::vector<hiding_model> hidden_by;
  model::program bug;
  model::program repaired;

  /// nullptr: `m` shows the bug.
  const hiding_model* hidden_under(model::memory_model m) const;
};

/// In the order of the page.
const std::vector<historical_bug>& catalogue();

}  // namespace wyn::historical
