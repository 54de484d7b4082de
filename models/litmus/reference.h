// The executions of a litmus program by brute force: every reads-from times every modification
// order, filtered by the axioms of the memory model transcribed as relations. Shares no code with
// the explorer.
#pragma once

#include <cstdint>
#include <set>

#include "models/litmus/litmus.h"

namespace wyn::litmus {

struct reference {
  /// Consistent executions, plain accesses taken for events of their own. Where there is no race,
  /// happens-before determines what these read, so they add no executions.
  std::uint64_t executions = 0;
  std::set<state> states;
  /// Some consistent execution has two accesses of different threads to one location, one of them a
  /// write and one of them plain, that happens-before does not order. Under sc and tso that is the
  /// happens-before of C++20.
  bool race = false;
  std::uint64_t candidates = 0;  ///< reads-from and modification orders that were tried
};

/// For programs of at most 16 accesses, fences and locations together, and of at most 8 guarded
/// accesses and fences; others throw std::invalid_argument, and so do weak compare-exchanges,
/// pointers and loops. Exponential.
reference enumerate(const program& p, model::memory_model m = model::memory_model::rc11_20);

/// An upper bound of the candidates that enumerate(p) has to try.
double candidates(const program& p);

}  // namespace wyn::litmus
