// Litmus tests in herd's C format: the usual subset.
//
// Locations: every pointer parameter of a thread. One of an atomic type may be accessed by
//          atomic_*_explicit and, as seq_cst, by "*x"; one of another type is plain data, unless it
//          is accessed by atomic_*_explicit alone.
// Statements: "int r = E;", "r = E;", "*x = V;", the functions without their result, blocks, if and
//          else with "r", "r == N" or "r != N", which do not assign the register that they test.
// V:       a number, a register, or a sum of these.
// E:       V, atomic_load_explicit, atomic_exchange_explicit, atomic_fetch_add_explicit,
//          atomic_compare_exchange_strong_explicit or "*x"; without _explicit they are seq_cst.
// A compare-exchange expects what the plain location says that its second argument points to, gives
// 1 or 0, and stores what it found there when it fails.
#pragma once

#include <string>
#include <vector>

#include "models/litmus/condition.h"
#include "models/litmus/litmus.h"

namespace wyn::litmus {

struct c_litmus {
  std::string name;
  litmus::program program;
  condition final;
  /// What the test looks at, in the order in which herd prints it, and the column of each in a
  /// state of the program.
  std::vector<observable> observed;
  std::vector<std::size_t> columns;
};

/// Throws syntax_error, with the line.
c_litmus parse_c_litmus(const std::string& text);

/// The answer in herd's form.
std::string describe(const c_litmus& test, const outcome& got);

}  // namespace wyn::litmus
