#include "models/litmus/c_thread.h"

#include <utility>

namespace wyn::litmus {

void c_memory::initialise(const std::string& name, int value, int line) {
  cell& c = cells_[static_cast<std::size_t>(named(name))];
  if (c.initialised) throw syntax_error(line, name + " has two initial values");
  c.initialised = true;
  c.value = value;
}

int c_memory::find(const std::string& name) const {
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (cells_[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

int c_memory::named(const std::string& name) {
  if (find(name) < 0) cells_.push_back({.name = name});
  return find(name);
}

void c_memory::access(int location, bool plain, int line) {
  cell& c = cells_[static_cast<std::size_t>(location)];
  (plain ? c.plain : c.atomic) = true;
  if (c.plain && c.atomic) {
    throw syntax_error(line, c.name + " is accessed both atomically and as plain data");
  }
}

std::vector<bool> c_memory::plain() const {
  std::vector<bool> all;
  for (const cell& c : cells_) all.push_back(c.plain);
  return all;
}

std::vector<int> c_memory::initial() const {
  std::vector<int> all;
  for (const cell& c : cells_) all.push_back(c.value);
  return all;
}

namespace {

enum class part : unsigned char { load, store, both, fence };

class thread_parser {
 public:
  thread_parser(token_stream& in, c_memory& memory) : in_(in), memory_(memory) {}

  c_thread run() {
    parameters();
    block();
    return std::move(thread_);
  }

 private:
  struct pointer {
    int location = 0;
    bool atomic = false;
  };

  void parameters() {
    in_.expect("(");
    while (!in_.take(")")) {
      bool atomic = false;
      while (in_.peek().kind == token::type::word) {
        const std::string type = in_.next().text;
        atomic = atomic || type.starts_with("atomic_") || type == "_Atomic";
      }
      in_.expect("*");
      const std::string name = in_.expect_word("a location");
      pointers_[name] = {memory_.named(name), atomic};
      if (!in_.is(")")) in_.expect(",");
    }
  }

  void block() {
    in_.expect("{");
    while (!in_.take("}")) statement();
  }

  void statement() {
    if (in_.take(";")) return;
    if (in_.is("{")) return block();
    if (in_.take("if")) return conditional();
    if (in_.is("while") || in_.is("for") || in_.is("do")) in_.fail("loops");
    if (in_.is("*")) {
      plain_store();
    } else if (in_.peek(1).text == "(") {
      call(-1);
    } else {
      assignment();
    }
    in_.expect(";");
  }

  // "int r = E", "int r", "r = E"
  void assignment() {
    std::string name = in_.expect_word("a statement");
    bool declared = false;
    while (in_.peek().kind == token::type::word) {
      name = in_.next().text;
      declared = true;
    }
    if (in_.is("*")) in_.fail("pointers in registers");
    if (pointers_.contains(name)) in_.fail(name + " is a pointer: write *" + name);
    const int target = declared ? declare(name) : known(name);
    if (declared && in_.is(";")) return;
    in_.expect("=");
    for (const guard& g : guards_) {
      if (g.reg == target) in_.fail(name + " is assigned inside an if that tests it");
    }
    if (in_.is("*")) return plain_load(target);
    if (in_.peek(1).text == "(") return call(target);
    op o;
    o.kind = op_kind::add;
    o.operand = operand();
    o.reg = target;
    add(o);
  }

  void conditional() {
    in_.expect("(");
    guard g;
    g.reg = known(in_.expect_word("a register"));
    g.equal = false;
    if (in_.is("==") || in_.is("!=")) {
      g.equal = in_.next().text == "==";
      g.literal = in_.expect_number();
    }
    in_.expect(")");
    guards_.push_back(g);
    statement();
    if (in_.take("else")) {
      guards_.back().equal = !g.equal;
      statement();
    }
    guards_.pop_back();
  }

  pointer location(const std::string& name) {
    const auto found = pointers_.find(name);
    if (found == pointers_.end()) in_.fail(name + " is no pointer parameter of this thread");
    return found->second;
  }

  op dereference(op_kind kind) {
    in_.expect("*");
    const pointer p = location(in_.expect_word("a location"));
    op o;
    o.kind = kind;
    o.location = p.location;
    o.plain = !p.atomic;
    o.success = o.failure = o.plain ? order::none : order::seq_cst;
    return o;
  }

  void plain_load(int target) {
    op o = dereference(op_kind::load);
    o.reg = target;
    add_access(o);
  }

  void plain_store() {
    op o = dereference(op_kind::store);
    in_.expect("=");
    if (in_.is("*") || in_.peek(1).text == "(") {
      in_.fail("one access a statement: use a register");
    }
    o.operand = operand();
    add_access(o);
  }

  // A number, a register, or a sum, which gets a register of its own.
  value operand() {
    value v = term();
    while (in_.take("+")) {
      op o;
      o.kind = op_kind::add;
      o.operand = v;
      o.expected = term();
      o.reg = hidden();
      v = {.reg = o.reg};
      add(o);
    }
    return v;
  }

  value term() {
    if (in_.peek().kind == token::type::word) return {.reg = known(in_.next().text)};
    return {.literal = in_.expect_number()};
  }

  void call(int target) {
    std::string name = in_.expect_word("a function");
    const bool explicit_order = name.ends_with("_explicit");
    if (explicit_order) name.resize(name.size() - std::string("_explicit").size());
    static const std::map<std::string, op_kind> functions = {
        {"atomic_load", op_kind::load},
        {"atomic_store", op_kind::store},
        {"atomic_exchange", op_kind::exchange},
        {"atomic_fetch_add", op_kind::fetch_add},
        {"atomic_compare_exchange_strong", op_kind::compare_exchange},
        {"atomic_thread_fence", op_kind::fence}};
    const auto found = functions.find(name);
    if (found == functions.end()) in_.fail("the function " + name);
    const bool gives = found->second != op_kind::store && found->second != op_kind::fence;
    if (!gives && target >= 0) in_.fail(name + " gives no value");
    in_.expect("(");
    op o;
    o.kind = found->second;
    o.reg = target;
    if (o.kind == op_kind::fence) {
      o.success = order_argument(part::fence);
    } else {
      access_arguments(o, explicit_order);
    }
    in_.expect(")");
    if (o.kind == op_kind::fence) {
      if (o.success != order::relaxed) add(o);
    } else if (o.kind == op_kind::compare_exchange) {
      add_compare_exchange(o, target);
    } else {
      add_access(o);
    }
  }

  void access_arguments(op& o, bool explicit_order) {
    o.location = location(in_.expect_word("a location")).location;
    if (o.kind == op_kind::compare_exchange) {
      in_.expect(",");
      expected_at_ = location(in_.expect_word("a location")).location;
    }
    if (o.kind != op_kind::load) {
      in_.expect(",");
      o.operand = operand();
    }
    o.success = o.failure = order::seq_cst;
    if (!explicit_order) return;
    in_.expect(",");
    if (o.kind == op_kind::load) o.success = o.failure = order_argument(part::load);
    else if (o.kind == op_kind::store) o.success = o.failure = order_argument(part::store);
    else o.success = o.failure = order_argument(part::both);
    if (o.kind == op_kind::compare_exchange) {
      in_.expect(",");
      o.failure = order_argument(part::load);
    }
  }

  order order_argument(part p) {
    const std::string name = in_.expect_word("a memory order");
    static const std::map<std::string, order> orders = {{"memory_order_relaxed", order::relaxed},
                                                        {"memory_order_acquire", order::acquire},
                                                        {"memory_order_release", order::release},
                                                        {"memory_order_acq_rel", order::acq_rel},
                                                        {"memory_order_seq_cst", order::seq_cst}};
    const auto found = orders.find(name);
    if (found == orders.end()) in_.fail("unknown memory order " + name);
    const order o = found->second;
    const bool wrong = (p == part::load && (o == order::release || o == order::acq_rel)) ||
                       (p == part::store && (o == order::acquire || o == order::acq_rel));
    if (wrong) in_.fail(name + " is no order of a " + (p == part::load ? "read" : "store"));
    return o;
  }

  // t = *e; old = compare_exchange(x, t, desired); r = old == t; if (r == 0) *e = old;
  void add_compare_exchange(op o, int target) {
    op expected;
    expected.location = expected_at_;
    expected.plain = true;
    expected.success = expected.failure = order::none;
    expected.reg = hidden();
    add_access(expected);

    o.expected = {.reg = expected.reg};
    o.reg = hidden();
    add_access(o);

    op compare;
    compare.kind = op_kind::equal;
    compare.operand = {.reg = o.reg};
    compare.expected = {.reg = expected.reg};
    compare.reg = target >= 0 ? target : hidden();
    add(compare);

    op report = expected;
    report.kind = op_kind::store;
    report.operand = {.reg = o.reg};
    report.reg = -1;
    guards_.push_back({compare.reg, true, 0});
    add_access(report);
    guards_.pop_back();
  }

  void add_access(const op& o) {
    memory_.access(o.location, o.plain, in_.peek().line);
    add(o);
  }

  void add(op o) {
    o.guards = guards_;
    thread_.ops.push_back(std::move(o));
  }

  int declare(const std::string& name) {
    if (thread_.names.contains(name)) in_.fail(name + " is declared twice");
    return thread_.names[name] = hidden();
  }
  int known(const std::string& name) {
    const auto found = thread_.names.find(name);
    if (found == thread_.names.end()) in_.fail("no register is called " + name);
    return found->second;
  }
  int hidden() { return thread_.registers++; }

  token_stream& in_;
  c_memory& memory_;
  c_thread thread_;
  std::map<std::string, pointer> pointers_;
  std::vector<guard> guards_;
  int expected_at_ = 0;
};

}  // namespace

c_thread parse_c_thread(token_stream& in, c_memory& memory) {
  return thread_parser(in, memory).run();
}

}  // namespace wyn::litmus
