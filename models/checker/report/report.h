// The execution behind a verdict, as text: one column per thread, one row per event, in an order in
// which the execution could have happened. The same bytes in every process.
#pragma once

#include <string>

#include "models/checker/run/execution.h"

namespace wyn::model {

std::string describe(const graph& g, const execution& e);

}  // namespace wyn::model
