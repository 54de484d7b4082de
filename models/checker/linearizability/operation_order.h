// The partial order of the operations of a history, and what is said of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/checker/linearizability/moment.h"

namespace wyn::model {

/// When one operation was called and when it returned.
struct interval {
  moment called;
  moment returned;
  bool pending = true;  ///< has not returned: precedes nothing
};

/// A set of operations of a history: bit i is operation i.
using operation_set = std::uint64_t;

/// A history's operations are at most as many as a set has bits.
inline constexpr int max_operations = 64;

/// For each operation those that precede it: in one thread by program order, else iff the return
/// happens before the call. `intervals` lists each thread's operations in its program order.
/// O(operations squared).
std::vector<operation_set> predecessors(const std::vector<interval>& intervals);

/// One operation as a history is printed.
struct operation_line {
  std::string text;  ///< "steal() = 2"
  int thread;        ///< as in moment
};

/// The history, one line an operation, numbered from 1, each with the operations of other threads
/// that directly precede it. Ends in a line break.
std::string history_text(const std::vector<operation_line>& lines,
                         const std::vector<operation_set>& before);

/// "#3 pop() = 1 (thread 0)".
std::string operation_name(const std::vector<operation_line>& lines, int number);

}  // namespace wyn::model
