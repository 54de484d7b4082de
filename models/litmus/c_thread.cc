#include "models/litmus/c_thread.h"

#include <string>

#include "models/litmus/c_expression.h"

namespace wyn::litmus {

namespace {

class thread_parser {
 public:
  thread_parser(token_stream& in, c_memory& memory, int unroll)
      : in_(in), memory_(memory), unroll_(unroll), expression_(in, memory, code_) {}

  c_thread run() {
    parameters();
    block();
    return code_.take();
  }

 private:
  static constexpr std::size_t most_operations = 100'000;

  void parameters() {
    in_.expect("(");
    while (!in_.is(")")) {
      const c_type type = parse_type(in_);
      if (!type.is_pointer()) in_.fail_expecting("'*': parameters are pointers");
      const std::string name = in_.expect_word("a location");
      const int location = memory_.named(name);
      memory_.declare(location, type.pointee());
      expression_.parameter(name, location);
      if (!in_.is(")")) in_.expect(",");
    }
    in_.expect(")");
  }

  void block() {
    in_.expect("{");
    code_.begin_block();
    while (!in_.is("}")) {
      if (in_.peek().kind == token::type::end) in_.fail_expecting("a statement or '}'");
      statement();
    }
    in_.next();
    code_.end_block();
  }

  void statement() {
    const token_stream::nested level(in_);
    if (code_.operations() > most_operations) {
      in_.fail("more than 100000 operations of one thread when the loops are unrolled: fewer loops "
               "within each other, or a smaller --unroll");
    }
    if (in_.take(";")) return;
    if (in_.is("{")) return block();
    if (in_.take("if")) return conditional();
    if (in_.take("while")) return while_loop();
    if (in_.take("do")) return do_loop();
    if (in_.take("for")) return for_loop();
    if (in_.is("break") || in_.is("continue")) {
      jump();
    } else {
      simple();
    }
    in_.expect(";");
  }

  // A declaration, an assignment or an expression.
  void simple() {
    for (const char* word : {"return", "goto", "switch"}) {
      if (in_.is(word)) in_.fail(std::string(word) + " is not understood");
    }
    if (starts_type(in_)) return declaration();
    if (in_.is("*")) return expression_.store();
    if (in_.is("++") || in_.is("--")) {
      const op_kind kind = in_.next().text == "++" ? op_kind::add : op_kind::subtract;
      return change(assigned(), kind, {.literal = 1});
    }
    const token& after = in_.peek(1);
    for (const char* symbol : {"=", "+=", "-=", "++", "--"}) {
      if (in_.peek().kind == token::type::word && after.text == symbol) return assignment();
    }
    expression_.parse();
  }

  void declaration() {
    const position at = in_.at();
    const c_type type = parse_type(in_);
    do {
      const position name_at = in_.at();
      const std::string name = in_.expect_word("a register");
      if (type.is_atomic()) throw syntax_error(at, name + " is local, so it cannot be atomic");
      if (code_.find(name) != nullptr || expression_.is_parameter(name)) {
        throw syntax_error(name_at, name + " is declared twice");
      }
      if (!in_.take("=")) {
        code_.declare(name, type);
        continue;
      }
      const operand o = typed_value(type);
      code_.assign(code_.declare(name, type), o.v);
    } while (in_.take(","));
  }

  // Numbers and pointers do not mix; 0 is both.
  operand typed_value(const c_type& type) {
    const position at = in_.at();
    operand o = expression_.parse_value();
    const bool null = o.v.reg < 0 && o.v.literal == 0;
    if (type.is_pointer() && !o.type.is_pointer() && !null) {
      throw syntax_error(at, "expected a pointer, found a number");
    }
    if (!type.is_pointer() && o.type.is_pointer()) {
      throw syntax_error(at, "expected a number, found a pointer: write *");
    }
    return o;
  }

  c_builder::variable assigned() {
    const position at = in_.at();
    const std::string name = in_.expect_word("a register");
    if (expression_.is_parameter(name)) {
      throw syntax_error(at, name + " is a pointer: write *" + name);
    }
    const c_builder::variable* v = code_.find(name);
    if (v == nullptr) throw syntax_error(at, "no register is called " + name);
    return *v;
  }

  void change(const c_builder::variable& v, op_kind kind, const value& by) {
    if (v.type.is_pointer()) in_.fail("arithmetic on pointers");
    code_.set(v.reg, kind, {.reg = v.reg}, by);
  }

  void assignment() {
    const c_builder::variable v = assigned();
    const std::string symbol = in_.peek().text;
    in_.next();
    if (symbol == "=") return code_.assign(v.reg, typed_value(v.type).v);
    const bool up = symbol == "+=" || symbol == "++";
    const op_kind kind = up ? op_kind::add : op_kind::subtract;
    const bool by_one = symbol == "++" || symbol == "--";
    change(v, kind, by_one ? value{.literal = 1} : typed_value({}).v);
  }

  // A register that keeps the condition: the body may change what it was computed from.
  int condition() {
    const int reg = code_.hidden();
    code_.assign(reg, expression_.parse_value().v);
    return reg;
  }

  void conditional() {
    in_.expect("(");
    const int reg = condition();
    in_.expect(")");
    code_.begin_condition(reg, false);
    statement();
    code_.end_condition();
    if (!in_.take("else")) return;
    code_.begin_condition(reg, true);
    statement();
    code_.end_condition();
  }

  void jump() {
    if (!code_.in_loop()) in_.fail(in_.peek().text + " outside a loop");
    if (in_.next().text == "break") code_.leave_loop();
    else code_.leave_iteration();
  }

  void cut(int reg) {
    code_.begin_condition(reg, false);
    op o;
    o.kind = op_kind::cut;
    code_.add(o);
    code_.end_condition();
  }

  void while_loop() {
    const std::size_t head = in_.mark();
    code_.begin_loop();
    for (int i = 0;; ++i) {
      code_.begin_iteration();
      in_.rewind(head);
      in_.expect("(");
      const int reg = condition();
      in_.expect(")");
      if (i == unroll_) {
        cut(reg);
        skip_statement();
        break;
      }
      code_.begin_condition(reg, false);
      statement();
    }
    close_loop();
  }

  void do_loop() {
    const std::size_t head = in_.mark();
    code_.begin_loop();
    for (int i = 0; i < unroll_; ++i) {
      in_.rewind(head);
      code_.begin_iteration();
      statement();
      code_.begin_iteration();  // continue goes on here
      in_.expect("while");
      in_.expect("(");
      const int reg = condition();
      in_.expect(")");
      if (i + 1 == unroll_) cut(reg);
      code_.begin_condition(reg, false);
    }
    in_.expect(";");
    close_loop();
  }

  void for_loop() {
    code_.begin_block();
    in_.expect("(");
    if (!in_.is(";")) simple();
    in_.expect(";");
    const std::size_t head = in_.mark();
    code_.begin_loop();
    for (int i = 0;; ++i) {
      code_.begin_iteration();
      in_.rewind(head);
      const int reg = in_.is(";") ? always() : condition();
      in_.expect(";");
      const std::size_t step = in_.mark();
      while (!in_.is(")")) skip_token_in_parentheses();
      in_.expect(")");
      if (i == unroll_) {
        cut(reg);
        skip_statement();
        break;
      }
      code_.begin_condition(reg, false);
      statement();
      code_.begin_iteration();
      in_.rewind(step);
      if (!in_.is(")")) simple();
    }
    close_loop();
    code_.end_block();
  }

  int always() {
    const int reg = code_.hidden();
    code_.assign(reg, {.literal = 1});
    return reg;
  }

  void close_loop() {
    for (int i = 0; i < unroll_; ++i) code_.end_condition();
    code_.end_loop();
  }

  void skip_token_in_parentheses() {
    const token_stream::nested level(in_);
    if (in_.peek().kind == token::type::end) in_.fail_expecting("')'");
    if (in_.next().text != "(") return;
    while (!in_.is(")")) skip_token_in_parentheses();
    in_.next();
  }

  // The body of the last iteration, which is not executed.
  void skip_statement() {
    code_.begin_condition(code_.hidden(), false);  // a register that nothing sets
    statement();
    code_.end_condition();
  }

  token_stream& in_;
  c_memory& memory_;
  const int unroll_;
  c_builder code_;
  c_expression expression_;
};

}  // namespace

c_thread parse_c_thread(token_stream& in, c_memory& memory, int unroll) {
  return thread_parser(in, memory, unroll).run();
}

}  // namespace wyn::litmus
