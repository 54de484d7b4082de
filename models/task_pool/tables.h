// The ordering table of the task pool with the models that speak of it.
#pragma once

#include <vector>

#include "models/matrix/checked_table.h"

namespace wyn::task_pool_models {

/// A worker's heap and the slots that return to it.
models::checked_table heap_table();

/// All of them.
std::vector<models::checked_table> tables();

}  // namespace wyn::task_pool_models
