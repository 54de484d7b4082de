// Litmus programs as data, run by the explorer: the front end of the engine's own oracle.
//
// A program is a list of operations for each thread, on named locations that start at 0
// unless said otherwise, with
// registers local to the thread. The operations and their JSON form are described in README.md.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/site.h"
#include "models/checker/checker.h"

namespace wyn::litmus {

/// All memory models, in the order of the enumeration.
inline constexpr model::memory_model memory_models[] = {
    model::memory_model::rc11_20, model::memory_model::rc11, model::memory_model::sc,
    model::memory_model::tso};

enum class op_kind : std::uint8_t {
  load,
  store,
  fetch_add,
  exchange,
  compare_exchange,
  fence,
  fetch_sub,
  fetch_and,
  fetch_or,
  fetch_xor,
  equal,  ///< no access: the register becomes 1 if `operand` is `expected`, and 0 otherwise
  add,    ///< no access: the register becomes `operand` + `expected`; and so on
  subtract,
  less,
  bit_and,
  bit_or,
  bit_xor,
  cut,  ///< drops the execution: a loop ends here that the program does not end
};

/// A register of the thread is (or is not) equal to a literal.
struct guard {
  int reg = 0;
  bool equal = true;
  int literal = 0;
};

/// A literal, or a register of the same thread.
struct value {
  int literal = 0;
  int reg = -1;
};

struct op {
  op_kind kind = op_kind::load;
  order success = order::relaxed;
  order failure = order::relaxed;
  int location = 0;
  bool plain = false;  ///< an access to data that is not atomic
  value operand;
  value expected;
  int reg = -1;   ///< where a read puts what it found
  int flag = -1;  ///< where a compare-exchange puts whether it succeeded
  bool weak = false;  ///< a compare-exchange that may also fail without a cause
  int pointer = -1;   ///< a register that holds the address, in place of `location`
  std::vector<guard> guards;  ///< executed only if all hold
};

struct program {
  std::string id;
  int locations = 0;
  std::vector<bool> plain;   ///< by location
  std::vector<int> initial;  ///< by location; empty: all 0
  std::vector<std::vector<op>> threads;
  std::vector<int> registers;  ///< how many each thread has
};

/// All registers of thread 0, 1, ... and then the final value of every location.
using state = std::vector<int>;

/// Whether the operation reads and writes in one step, wherever it succeeds.
constexpr bool is_read_modify_write(op_kind k) {
  switch (k) {
    case op_kind::fetch_add:
    case op_kind::fetch_sub:
    case op_kind::fetch_and:
    case op_kind::fetch_or:
    case op_kind::fetch_xor:
    case op_kind::exchange:
    case op_kind::compare_exchange: return true;
    default: return false;
  }
}

/// Whether the operation touches registers alone.
constexpr bool is_computation(op_kind k) { return k >= op_kind::equal && k < op_kind::cut; }

/// What a computation of `a` and `b` gives.
constexpr int computed(op_kind k, int a, int b) {
  switch (k) {
    case op_kind::equal: return a == b ? 1 : 0;
    case op_kind::add: return a + b;
    case op_kind::subtract: return a - b;
    case op_kind::less: return a < b ? 1 : 0;
    case op_kind::bit_and: return a & b;
    case op_kind::bit_or: return a | b;
    case op_kind::bit_xor: return a ^ b;
    default: return 0;
  }
}

/// The address of a location, as a value that registers and locations can hold.
inline constexpr int first_address = 1 << 20;
constexpr int address_of(int location) { return first_address + location; }

struct outcome {
  model::verdict verdict;
  std::set<state> states;
  std::map<state, std::uint64_t> witnesses;  ///< executions that end in each of them
  bool cut = false;  ///< some execution was dropped by op_kind::cut
};

/// Explores `p`. One at a time in a process.
outcome explore(const program& p, const model::options& o = {});

/// Calls `use` with the program in the form in which the engine takes one, which is good until
/// `use` returns; explore() does so with a check.
outcome use_program(const program& p,
                    const std::function<model::verdict(const model::program&)>& use);

}  // namespace wyn::litmus
