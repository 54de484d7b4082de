// The ordering tables of sleeping and waking, each with the models that speak of it.
#pragma once

#include <vector>

#include "models/matrix/checked_table.h"

namespace wyn::park_models {

/// The event count: a light fence in notify, a heavy one before sleep.
models::checked_table asymmetric_table();
/// The event count with ordinary fences.
models::checked_table symmetric_table();
/// The gate of searching workers.
models::checked_table search_gate_table();

/// All of them.
std::vector<models::checked_table> tables();

}  // namespace wyn::park_models
