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

/// A copy of `text` whose first letter is upper case.
std::string capitalised(std::string text);

}  // namespace wyn::model
