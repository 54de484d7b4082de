// The ordering table of the biased deque, with the models that speak of it.
#pragma once

#include <vector>

#include "models/matrix/checked_table.h"

namespace wyn::biased_models {

models::checked_table table();

/// The same, as the other parts have it.
std::vector<models::checked_table> tables();

}  // namespace wyn::biased_models
