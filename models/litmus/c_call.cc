// The accesses in an expression: calls of the functions on atomics, and *p.
#include <map>
#include <utility>

#include "models/litmus/c_expression.h"

namespace wyn::litmus {

namespace {

enum class part : unsigned char { load, store, both, fence };

order order_argument(token_stream& in, part p) {
  static const std::map<std::string, order> orders = {{"memory_order_relaxed", order::relaxed},
                                                      {"memory_order_acquire", order::acquire},
                                                      {"memory_order_release", order::release},
                                                      {"memory_order_acq_rel", order::acq_rel},
                                                      {"memory_order_seq_cst", order::seq_cst}};
  const auto found = orders.find(in.peek().text);
  if (found == orders.end()) {
    in.fail_expecting("memory_order_relaxed, _acquire, _release, _acq_rel or _seq_cst");
  }
  const order o = found->second;
  const bool wrong = (p == part::load && (o == order::release || o == order::acq_rel)) ||
                     (p == part::store && (o == order::acquire || o == order::acq_rel));
  if (wrong) {
    in.fail(found->first + " is no order of a " + (p == part::load ? "read" : "store"));
  }
  in.next();
  return o;
}

struct function {
  op_kind kind;
  bool weak = false;
  bool of_flag = false;  ///< it has no value to write: a flag is set to 1 or cleared to 0
};

const std::map<std::string, function>& functions() {
  static const std::map<std::string, function> all = {
      {"atomic_load", {op_kind::load}},
      {"atomic_store", {op_kind::store}},
      {"atomic_exchange", {op_kind::exchange}},
      {"atomic_fetch_add", {op_kind::fetch_add}},
      {"atomic_fetch_sub", {op_kind::fetch_sub}},
      {"atomic_fetch_and", {op_kind::fetch_and}},
      {"atomic_fetch_or", {op_kind::fetch_or}},
      {"atomic_fetch_xor", {op_kind::fetch_xor}},
      {"atomic_compare_exchange_strong", {op_kind::compare_exchange}},
      {"atomic_compare_exchange_weak", {op_kind::compare_exchange, true}},
      {"atomic_flag_test_and_set", {op_kind::exchange, false, true}},
      {"atomic_flag_clear", {op_kind::store, false, true}}};
  return all;
}

const std::map<std::string, order>& fences() {
  static const std::map<std::string, order> all = {
      {"atomic_thread_fence", order::none},  // as its argument says
      {"asymmetric_thread_fence_light", order::light},
      {"asymmetric_thread_fence_heavy", order::heavy}};
  return all;
}

}  // namespace

operand c_expression::call(const std::string& name, const position& at) {
  const auto fence = fences().find(name);
  if (fence != fences().end()) {
    in_.expect("(");
    op o;
    o.kind = op_kind::fence;
    o.success = order_argument(in_, part::fence);
    if (fence->second != order::none) o.success = fence->second;
    in_.expect(")");
    if (o.success != order::relaxed) code_.add(o);
    return {.is_void = true};
  }
  const bool explicit_order = name.ends_with("_explicit");
  const std::size_t suffix = explicit_order ? std::string("_explicit").size() : 0;
  const auto found = functions().find(name.substr(0, name.size() - suffix));
  if (found == functions().end()) {
    std::string known;
    for (const auto& [each, f] : functions()) known += (known.empty() ? "" : ", ") + each;
    for (const auto& [each, f] : fences()) known += ", " + each;
    throw syntax_error(at, "the function " + name + " is not known; these are: " + known);
  }
  op o;
  o.kind = found->second.kind;
  o.weak = found->second.weak;
  o.success = o.failure = order::seq_cst;
  if (o.kind == op_kind::compare_exchange) return compare_exchange(o, explicit_order, at);
  in_.expect("(");
  const operand pointer = parse_value();
  point(o, pointer, at);
  if (found->second.of_flag) {
    o.operand.literal = o.kind == op_kind::exchange ? 1 : 0;
  } else if (o.kind != op_kind::load) {
    in_.expect(",");
    o.operand = parse_value().v;
  }
  return access(o, pointer.type.pointee(), explicit_order, at);
}

// From the order on.
operand c_expression::access(op o, const c_type& type, bool explicit_order,
                             const position& at) {
  if (explicit_order) {
    in_.expect(",");
    const part p = o.kind == op_kind::load    ? part::load
                   : o.kind == op_kind::store ? part::store
                                              : part::both;
    o.success = o.failure = order_argument(in_, p);
  }
  in_.expect(")");
  operand result{.is_void = o.kind == op_kind::store};
  if (!result.is_void) result.v.reg = o.reg = code_.hidden();
  result.type = type;
  add_access(o, at);
  return result;
}

// t = *e; ok = compare_exchange(x, t, desired), found; if (ok == 0) *e = found; where e may be the
// address of a register.
operand c_expression::compare_exchange(op o, bool explicit_order, const position& at) {
  in_.expect("(");
  point(o, parse_value(), at);
  in_.expect(",");
  op expected;
  expected.success = expected.failure = order::none;
  expected.plain = true;
  const c_builder::variable* local = nullptr;
  const position expected_at = in_.at();
  if (in_.is("&") && (local = code_.find(in_.peek(1).text)) != nullptr) {
    in_.next();
    in_.next();
    o.expected = code_.compute(op_kind::add, {.reg = local->reg}, {});
  } else {
    point(expected, parse_value(), expected_at);
    expected.reg = code_.hidden();
    add_access(expected, expected_at);
    o.expected = {.reg = expected.reg};
  }
  in_.expect(",");
  o.operand = parse_value().v;
  if (explicit_order) {
    in_.expect(",");
    o.success = order_argument(in_, part::both);
    in_.expect(",");
    o.failure = order_argument(in_, part::load);
  }
  in_.expect(")");
  o.reg = code_.hidden();
  o.flag = code_.hidden();
  add_access(o, at);

  code_.begin_condition(o.flag, true);
  if (local != nullptr) {
    code_.assign(local->reg, {.reg = o.reg});
  } else {
    expected.kind = op_kind::store;
    expected.operand = {.reg = o.reg};
    expected.reg = -1;
    add_access(expected, expected_at);
  }
  code_.end_condition();
  return {.v = {.reg = o.flag}, .type = {}};
}

operand c_expression::load(const operand& pointer, const position& at) {
  op o;
  point(o, pointer, at);
  const c_type type = pointer.type.pointee();
  o.plain = !type.is_atomic();
  o.success = o.failure = o.plain ? order::none : order::seq_cst;
  o.reg = code_.hidden();
  add_access(o, at);
  return {.v = {.reg = o.reg}, .type = type};
}

void c_expression::store() {
  const position at = in_.at();
  in_.expect("*");
  op o;
  o.kind = op_kind::store;
  const operand pointer = parse_unary();
  point(o, pointer, at);
  const c_type type = pointer.type.pointee();
  o.plain = !type.is_atomic();
  o.success = o.failure = o.plain ? order::none : order::seq_cst;
  in_.expect("=");
  o.operand = parse_value().v;
  add_access(o, at);
}

void c_expression::point(op& o, const operand& pointer, const position& at) {
  if (!pointer.type.is_pointer()) throw syntax_error(at, "expected a pointer, found a number");
  if (pointer.v.reg >= 0) {
    // The register may change before the access, while the arguments are evaluated.
    o.pointer = code_.compute(op_kind::add, pointer.v, {}).reg;
  } else {
    o.location = pointer.v.literal - first_address;
  }
}

void c_expression::add_access(const op& o, const position& at) {
  if (o.pointer < 0) memory_.access(o.location, o.plain, at);
  code_.add(o);
}

}  // namespace wyn::litmus
