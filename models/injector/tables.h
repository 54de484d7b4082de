// The ordering table of the producer ring with the models that speak of it.
#pragma once

#include <vector>

#include "models/matrix/checked_table.h"

namespace wyn::injector_models {

/// A foreign thread's ring.
models::checked_table ring_table();

/// All of them.
std::vector<models::checked_table> tables();

}  // namespace wyn::injector_models
