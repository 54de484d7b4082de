// The words of a report.
#pragma once

#include <string>

#include "models/checker/graph/event.h"
#include "models/checker/report/counterexample.h"

namespace wyn::model {

/// "rlx", "acq", "rel", "acq_rel", "sc", "light", "heavy" or "none".
const char* short_name(order o);

/// "compare_exchange", ...
std::string operation_name(operation_kind kind);

/// The site of a step, and its order if it has one: "DF7 pop.fence  sc".
std::string headline_of(const reported_step& s);
/// What it does, with arrows: "top -> 0", in the glyphs given. Empty for a fence.
std::string action_of(const reported_step& s, const char* to = "→", const char* from = "←");

/// A copy of `text` whose first letter is upper case.
std::string capitalised(std::string text);

}  // namespace wyn::model
