// The explorer against brute force on one program.
#pragma once

#include <string>

#include "models/litmus/litmus.h"

namespace wyn::litmus {

/// Explores `p` under `m` and enumerates it (reference.h, whose limits hold). Empty when both have
/// the same final states, the same number of executions and the same verdict on races, and the
/// explorer ran each execution once and nothing else; otherwise what differs.
std::string difference_from_reference(const program& p, model::memory_model m);

}  // namespace wyn::litmus
