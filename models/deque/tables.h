// The ordering tables of the deque, each with the models that speak of it.
#pragma once

#include <vector>

#include "models/matrix/checked_table.h"

namespace wyn::deque_models {

/// With fences: what an ordinary build runs.
models::checked_table fence_table();
/// Without: what ThreadSanitizer sees.
models::checked_table seq_cst_table();

/// All of them.
std::vector<models::checked_table> tables();

}  // namespace wyn::deque_models
