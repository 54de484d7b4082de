// The executions of a litmus program by brute force: every reads-from times every modification
// order, filtered by the axioms of RC11 transcribed as relations. Shares no code with the explorer.
#pragma once

#include <cstdint>
#include <set>

#include "models/litmus/litmus.h"

namespace wyn::litmus {

struct reference {
  std::uint64_t executions = 0;
  std::set<state> states;
};

/// For programs without guards, plain data and register operands, of at most 12 operations and
/// locations together; others throw std::invalid_argument. Exponential.
reference enumerate(const program& p);

}  // namespace wyn::litmus
