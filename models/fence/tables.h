// The ordering table of combined heavy fences with the models that speak of it.
#pragma once

#include <vector>

#include "models/matrix/checked_table.h"

namespace wyn::fence_models {

models::checked_table table();

/// All of them.
std::vector<models::checked_table> tables();

}  // namespace wyn::fence_models
