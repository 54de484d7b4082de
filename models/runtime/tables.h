// The ordering tables of the runtime's own words, each with the models that speak of it.
#pragma once

#include <vector>

#include "models/matrix/checked_table.h"

namespace wyn::runtime_models {

/// Counts, flags and lists.
models::checked_table counts_table();
/// Results and those who wait for them.
models::checked_table join_table();
/// Task groups.
models::checked_table group_table();
/// Leapfrogging.
models::checked_table theft_table();

/// All of them.
std::vector<models::checked_table> tables();

}  // namespace wyn::runtime_models
