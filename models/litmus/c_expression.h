// Expressions in the threads of a litmus test in C: see c_litmus.h for what is understood.
#pragma once

#include <map>
#include <string>

#include "models/litmus/c_builder.h"
#include "models/litmus/c_lexer.h"
#include "models/litmus/c_memory.h"

namespace wyn::litmus {

/// What an expression gives: a literal or a register.
struct operand {
  value v{};
  c_type type{};
  bool is_void = false;
};

class c_expression {
 public:
  c_expression(token_stream& in, c_memory& memory, c_builder& code)
      : in_(in), memory_(memory), code_(code) {}

  /// A pointer parameter of the thread, which names a location.
  void parameter(const std::string& name, int location) { parameters_[name] = location; }
  bool is_parameter(const std::string& name) const { return parameters_.contains(name); }

  /// Adds the operations that give the value. Throws syntax_error.
  operand parse();
  /// The same, for a value that is used.
  operand parse_value();
  /// "*p = E", from its first star on.
  void store();

 private:
  using next_level = operand (c_expression::*)();

  operand parse_and();
  operand parse_bit_or();
  operand parse_bit_xor();
  operand parse_bit_and();
  operand parse_equality();
  operand parse_relation();
  operand parse_sum();
  operand parse_unary();
  operand parse_primary();
  operand parse_name();
  operand parse_address();
  operand parse_parenthesis();

  operand logical(const operand& left, op_kind kind, next_level next);
  value integer(const operand& o, const position& at) const;
  value is_true(const value& v);
  void give_value(const operand& o, const position& at) const;

  // In c_call.cc.
  operand call(const std::string& name, const position& at);
  operand access(op o, const c_type& type, bool explicit_order, const position& at);
  operand compare_exchange(op o, bool explicit_order, const position& at);
  operand load(const operand& pointer, const position& at);
  void point(op& o, const operand& pointer, const position& at);
  void add_access(const op& o, const position& at);

  token_stream& in_;
  c_memory& memory_;
  c_builder& code_;
  std::map<std::string, int> parameters_;
};

}  // namespace wyn::litmus
