// What makes two complete graphs the same: the events, where they read from, and the place of each
// write. Stamps, views and blocked threads' state are not part of it.
#pragma once

#include <string>

#include "models/checker/graph/graph.h"

namespace wyn::model {

/// A key of `g`: two graphs of one program have the same key iff they are the same execution.
std::string identity(const graph& g);

}  // namespace wyn::model
