// The executions of a litmus program by brute force: every reads-from times every modification
// order, filtered by the axioms of the memory model transcribed as relations. Shares no code with
// the explorer.
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
/// locations together; others throw std::invalid_argument, and so do light and heavy fences under
/// tso. Exponential.
reference enumerate(const program& p, model::memory_model m = model::memory_model::rc11_20);

}  // namespace wyn::litmus
