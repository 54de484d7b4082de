// Every ordering table of core/ with the models that speak of it.
#pragma once

#include <vector>

#include "models/matrix/checked_table.h"

namespace wyn::models {

/// From the deque, which needs most, to the runtime's own words.
std::vector<checked_table> all_tables();

}  // namespace wyn::models
