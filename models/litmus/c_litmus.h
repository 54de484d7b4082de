// Litmus tests in herd's C format.
//
// Locations: what the block of initial values names, and every pointer parameter of a thread. One
//          of an atomic type may be accessed by atomic_*, and, as seq_cst, by "*x"; one of another
//          type is plain data, unless atomic_*_explicit alone access it. A location may hold a
//          pointer: "int* p = &x;" or "p = x;", and a parameter "_Atomic(int*)* p".
// Statements: declarations of integers and pointers, assignments (=, +=, -=, ++, --), "*p = E",
//          expressions, blocks, if and else, while, do and for with break and continue. A loop is
//          unrolled: executions that would go on after the last iteration are dropped, and the
//          answer says so.
// Expressions: numbers, registers, + - & ^ | ! == != < > <= >= && ||, "*p", casts, and calls of
//          atomic_load, _store, _exchange, _fetch_add, _fetch_sub, _fetch_and, _fetch_or,
//          _fetch_xor, _compare_exchange_strong, _compare_exchange_weak, each with and without
//          _explicit; atomic_flag_test_and_set and _clear; atomic_thread_fence; and
//          asymmetric_thread_fence_light and _heavy (P1202). Operands are evaluated from left to
//          right; an access on the right of && and || is refused.
// Condition: exists, ~exists or forall of atoms "0:r0=1", "[x]=1", "x!=1", "p=&x" with /\, \/, ~
//          and parentheses; before it "locations [x; 0:r0;]" and "filter (...)".
// A compare-exchange expects what its second argument points to: a plain location, or "&r" for a
// register. It gives 1 or 0, and stores what it found there when it fails.
#pragma once

#include <string>
#include <vector>

#include "models/litmus/condition.h"
#include "models/litmus/litmus.h"

namespace wyn::litmus {

struct c_litmus_options {
  int unroll = 3;           ///< iterations of a loop
  bool all_states = false;  ///< look at every register and location
};

struct c_litmus {
  std::string name;
  litmus::program program;
  condition final;
  /// What the test looks at, in the order in which herd prints it, and the column of each in a
  /// state of the program.
  std::vector<observable> observed;
  std::vector<std::size_t> columns;
  std::vector<std::string> locations;  ///< their names, which are values of pointers, too
};

/// Throws syntax_error, with line and column.
c_litmus parse_c_litmus(const std::string& text, const c_litmus_options& o = {});

}  // namespace wyn::litmus
