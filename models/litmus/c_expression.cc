#include "models/litmus/c_expression.h"

#include <utility>

namespace wyn::litmus {

operand c_expression::parse() {
  operand left = parse_and();
  while (in_.take("||")) left = logical(left, op_kind::bit_or, &c_expression::parse_and);
  return left;
}

operand c_expression::parse_value() {
  const position at = in_.at();
  operand o = parse();
  give_value(o, at);
  return o;
}

void c_expression::give_value(const operand& o, const position& at) const {
  if (o.is_void) throw syntax_error(at, "this call gives no value");
}

value c_expression::integer(const operand& o, const position& at) const {
  give_value(o, at);
  if (o.type.is_pointer()) throw syntax_error(at, "a pointer where a number is expected: write *");
  return o.v;
}

value c_expression::is_true(const value& v) {
  return code_.compute(op_kind::equal, code_.compute(op_kind::equal, v, {}), {});
}

// Both sides are evaluated, so the right one must do nothing.
operand c_expression::logical(const operand& left, op_kind kind, next_level next) {
  const position at = in_.at();
  const std::size_t before = code_.accesses();
  const operand right = (this->*next)();
  if (code_.accesses() != before) {
    throw syntax_error(at, "an access on the right of && or ||: use an if");
  }
  return {code_.compute(kind, is_true(integer(left, at)), is_true(integer(right, at))), {}};
}

operand c_expression::parse_and() {
  operand left = parse_bit_or();
  while (in_.take("&&")) left = logical(left, op_kind::bit_and, &c_expression::parse_bit_or);
  return left;
}

operand c_expression::parse_bit_or() {
  const position at = in_.at();
  operand left = parse_bit_xor();
  while (in_.take("|")) {
    const value a = integer(left, at);
    left = {code_.compute(op_kind::bit_or, a, integer(parse_bit_xor(), at)), {}};
  }
  return left;
}

operand c_expression::parse_bit_xor() {
  const position at = in_.at();
  operand left = parse_bit_and();
  while (in_.take("^")) {
    const value a = integer(left, at);
    left = {code_.compute(op_kind::bit_xor, a, integer(parse_bit_and(), at)), {}};
  }
  return left;
}

operand c_expression::parse_bit_and() {
  const position at = in_.at();
  operand left = parse_equality();
  while (in_.take("&")) {
    const value a = integer(left, at);
    left = {code_.compute(op_kind::bit_and, a, integer(parse_equality(), at)), {}};
  }
  return left;
}

// Pointers can be compared, too.
operand c_expression::parse_equality() {
  const position at = in_.at();
  operand left = parse_relation();
  while (in_.is("==") || in_.is("!=")) {
    const bool equal = in_.next().text == "==";
    give_value(left, at);
    const operand right = parse_relation();
    give_value(right, at);
    value v = code_.compute(op_kind::equal, left.v, right.v);
    if (!equal) v = code_.compute(op_kind::equal, v, {});
    left = {v, {}};
  }
  return left;
}

operand c_expression::parse_relation() {
  const position at = in_.at();
  operand left = parse_sum();
  while (in_.is("<") || in_.is(">") || in_.is("<=") || in_.is(">=")) {
    const std::string symbol = in_.next().text;
    value a = integer(left, at);
    value b = integer(parse_sum(), at);
    const bool swapped = symbol == ">" || symbol == "<=";
    if (swapped) std::swap(a, b);
    value v = code_.compute(op_kind::less, a, b);
    if (symbol.ends_with("=")) v = code_.compute(op_kind::equal, v, {});
    left = {v, {}};
  }
  return left;
}

operand c_expression::parse_sum() {
  const position at = in_.at();
  operand left = parse_unary();
  while (in_.is("+") || in_.is("-")) {
    const op_kind kind = in_.next().text == "+" ? op_kind::add : op_kind::subtract;
    const value a = integer(left, at);
    left = {code_.compute(kind, a, integer(parse_unary(), at)), {}};
  }
  return left;
}

operand c_expression::parse_unary() {
  const token_stream::nested level(in_);
  const position at = in_.at();
  if (in_.take("!")) {
    const operand o = parse_unary();
    give_value(o, at);
    return {code_.compute(op_kind::equal, o.v, {}), {}};
  }
  if (in_.take("-")) {
    return {code_.compute(op_kind::subtract, {}, integer(parse_unary(), at)), {}};
  }
  if (in_.take("*")) return load(parse_unary(), at);
  if (in_.is("&")) return parse_address();
  return parse_primary();
}

operand c_expression::parse_address() {
  in_.expect("&");
  if (in_.take("*")) return parse_unary();
  in_.fail("only what a pointer points to has an address: a parameter is the address itself");
}

operand c_expression::parse_primary() {
  if (in_.is("(")) return parse_parenthesis();
  if (in_.peek().kind == token::type::number) return {{.literal = in_.expect_number()}, {}};
  if (in_.peek().kind == token::type::word) return parse_name();
  in_.fail_expecting("a number, a register, a pointer or a call");
}

operand c_expression::parse_parenthesis() {
  in_.expect("(");
  if (starts_type(in_)) {  // a cast
    const bool to_void = in_.is("void");
    const c_type type = parse_type(in_);
    in_.expect(")");
    operand o = parse_unary();
    o.is_void = o.is_void || (to_void && !type.is_pointer());
    return o;
  }
  const operand o = parse();
  in_.expect(")");
  return o;
}

operand c_expression::parse_name() {
  const position at = in_.at();
  const std::string name = in_.next().text;
  if (in_.is("(")) return call(name, at);
  if (name == "NULL") return {};
  const auto parameter = parameters_.find(name);
  if (parameter != parameters_.end()) {
    const c_type type = memory_.type_of(parameter->second).pointer_to();
    return {{.literal = address_of(parameter->second)}, type};
  }
  const c_builder::variable* v = code_.find(name);
  if (v == nullptr) {
    throw syntax_error(at, "nothing is called " + name +
                               " here: no register, and no pointer parameter of this thread");
  }
  return {{.reg = v->reg}, v->type};
}

}  // namespace wyn::litmus
