// The ordering table of the coroutines' join counter with the models that speak of it.
#pragma once

#include <vector>

#include "models/matrix/checked_table.h"

namespace wyn::coro_models {

/// The count of a group's members.
models::checked_table join_counter_table();

/// All of them.
std::vector<models::checked_table> tables();

}  // namespace wyn::coro_models
