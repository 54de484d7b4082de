#include "models/export/c_program.h"

#include <sstream>
#include <stdexcept>

#include "models/checker/graph/order_name.h"
#include "models/export/code_graph.h"
#include "models/export/symbols.h"

namespace wyn::model_export {

namespace {

constexpr std::size_t columns = 100;

std::string c_order(order o, const char* site) {
  if (o == order::light || o == order::heavy || o == order::none) {
    throw std::runtime_error(std::string("C has no ") + model::order_name(o) + " order: " + site);
  }
  return std::string("memory_order_") + model::order_name(o);
}

// Writes one function.
class body_writer {
 public:
  body_writer(const recording& r, symbols& s, const code_graph& g)
      : recording_(r), symbols_(s), graph_(g) {}

  std::string text() {
    write_from(graph_.start, 0, 1);
    if (!claims_) return std::move(text_);
    return "  int ok = 1;\n" + text_ + "  assert(ok);\n";
  }

 private:
  using node = code_graph::node;
  using node_kind = code_graph::node_kind;

  void line(int depth, const std::string& code, const std::string& comment = "") {
    const std::string indent(static_cast<std::size_t>(depth) * 2, ' ');
    const std::string remark = comment.empty() ? "" : "/* " + comment + " */";
    const std::string gap = code.empty() || remark.empty() ? "" : "  ";
    if (indent.size() + code.size() + gap.size() + remark.size() <= columns) {
      text_ += indent + code + gap + remark + "\n";
      return;
    }
    if (!remark.empty()) text_ += indent + remark + "\n";
    text_ += wrapped(code, indent);
  }

  // `code` in lines that are broken at spaces, of which the further ones stand deeper.
  static std::string wrapped(const std::string& code, const std::string& indent) {
    std::string text;
    std::string one = indent;
    std::istringstream words(code);
    for (std::string word; words >> word;) {
      const bool begun = one.find_last_not_of(' ') != std::string::npos;
      if (begun && one.size() + 1 + word.size() > columns) {
        text += one + "\n";
        one = indent + "    " + word;
      } else {
        one += (begun ? " " : "") + word;
      }
    }
    return text + one + "\n";
  }

  static std::string name_of(int found) { return "r" + std::to_string(found); }

  // Everything from node `n` to node `stop`, which is left out.
  void write_from(int n, int stop, int depth) {
    while (n != stop && n != 0) {
      const node& x = graph_.nodes[static_cast<std::size_t>(n)];
      switch (x.kind) {
        case node_kind::step: write_step(x, depth); break;
        case node_kind::claim: write_claim(x, depth); break;
        case node_kind::split: write_branches(x, depth); break;
        case node_kind::stuck: line(depth, "assert(0);", "no execution goes on here"); break;
        case node_kind::end: break;
      }
      n = x.kind == node_kind::step || x.kind == node_kind::claim ? x.next : x.meeting;
    }
  }

  void write_branches(const node& x, int depth) {
    std::string before = "if (";
    for (const code_graph::branch& b : x.branches) {
      std::string condition;
      for (const std::uint64_t v : b.values) {
        condition += (condition.empty() ? "" : " || ") + is(x.found, v);
      }
      line(depth, before + condition + ") {");
      write_from(b.next, x.meeting, depth + 1);
      before = "} else if (";
    }
    line(depth, "} else {");
    line(depth + 1, "assert(0);");
    line(depth, "}");
  }

  // Without a branch: so no && and no ||.
  void write_claim(const node& x, int depth) {
    claims_ = true;
    std::string text;
    for (const std::vector<std::uint64_t>& values : x.of) {
      std::string row;
      for (std::size_t i = 0; i < values.size(); ++i) {
        row += (i == 0 ? "(" : " & (") + is(x.registers[i], values[i]) + ")";
      }
      const bool alone = x.of.size() == 1 || values.size() == 1;
      text += (text.empty() ? "" : " | ") + (alone ? row : "(" + row + ")");
    }
    line(depth, "ok &= " + text + ";");
  }

  std::string is(int found, std::uint64_t v) { return name_of(found) + " == " + symbols_.value(v); }

  std::pair<order, order> orders_of(const step& s) const {
    const auto known = recording_.orders.find(s.text);
    return known == recording_.orders.end() ? std::pair(s.success, s.failure) : known->second;
  }
  std::string order_of(const step& s) const { return c_order(orders_of(s).first, s.text); }

  void write_step(const node& x, int depth) {
    const step& s = x.what;
    if (s.kind == step_kind::check) {
      line(depth, "", std::string("checked: ") + s.text);
    } else if (s.kind == step_kind::fence) {
      if (orders_of(s).first == order::none) return;
      line(depth, "atomic_thread_fence(" + order_of(s) + ");", s.text);
    } else {
      write_access(s, name_of(x.found), depth);
    }
  }

  void write_access(const step& s, const std::string& found, int depth) {
    const std::string object = symbols_.variable(s.object, is_plain(s.kind));
    if (!reads(s.kind)) write_write(s, object, depth);
    else if (s.kind == step_kind::compare_exchange) write_compare_exchange(s, object, found, depth);
    else if (s.kind == step_kind::await_upper) write_await(s, object, found, depth);
    else write_read(s, object, found, depth);
  }

  void write_write(const step& s, const std::string& object, int depth) {
    const std::string v = symbols_.value(s.operand);
    if (s.kind == step_kind::store) {
      line(depth, "atomic_store_explicit(&" + object + ", " + v + ", " + order_of(s) + ");",
           s.text);
    } else if (s.kind == step_kind::construction) {
      line(depth, "atomic_init(&" + object + ", " + v + ");");
    } else {
      line(depth, object + " = " + v + ";");
    }
  }

  void write_read(const step& s, const std::string& object, const std::string& found, int depth) {
    const std::string declared = "const long long " + found + " = ";
    if (s.kind == step_kind::plain_read) {
      line(depth, declared + object + ";");
    } else if (s.kind == step_kind::load) {
      line(depth, declared + "atomic_load_explicit(&" + object + ", " + order_of(s) + ");", s.text);
    } else {
      const char* call = s.kind == step_kind::exchange ? "atomic_exchange" : "atomic_fetch_add";
      line(depth,
           declared + call + "_explicit(&" + object + ", " + symbols_.value(s.operand) + ", " +
               order_of(s) + ");",
           s.text);
    }
  }

  void write_compare_exchange(const step& s, const std::string& object, const std::string& found,
                              int depth) {
    line(depth, "long long " + found + " = " + symbols_.value(s.expected) + ";");
    line(depth,
         "atomic_compare_exchange_strong_explicit(&" + object + ", &" + found + ", " +
             symbols_.value(s.operand) + ", " + order_of(s) + ", " +
             c_order(orders_of(s).second, s.text) + ");",
         s.text);
  }

  void write_await(const step& s, const std::string& object, const std::string& found, int depth) {
    line(depth, "long long " + found + ";");
    line(depth, "do {");
    line(depth + 1,
         found + " = atomic_load_explicit(&" + object + ", " + order_of(s) + ");", s.text);
    line(depth,
         "} while ((unsigned long long)" + found + " >> 32 == " + std::to_string(s.expected) +
             ");");
  }

  const recording& recording_;
  symbols& symbols_;
  const code_graph& graph_;
  std::string text_;
  bool claims_ = false;
};

// An addition is one of numbers that are the same in C.
void refuse_additions_to_addresses(const path_graph& g, const symbols& s) {
  for (const path_graph::node& n : g.nodes) {
    if (n.what.kind != step_kind::fetch_add) continue;
    for (const path_graph::branch& b : n.branches) {
      for (const std::uint64_t v : b.values) {
        if (s.is_address(v) || s.is_address(n.what.operand)) {
          throw std::runtime_error(std::string("an address is added to: ") + n.what.text);
        }
      }
    }
  }
}

std::string header(const recording& r, const program_title& title) {
  return "/* Model " + title.model + " over " + title.table +
         ".\n"
         " * Complete executions: " +
         std::to_string(r.executions) +
         " under RC11 with the release sequences of C++20.\n"
         " * Run: genmc --rc11 FILE or genmc --imm FILE.\n"
         " *\n"
         " * Generated by //models/export:write_litmus from all executions of the model; do not\n"
         " * edit. Comments name the rows of the table. A value that no execution of the model\n"
         " * reads fails an assertion. More: proofs/litmus/README.md.\n"
         " */\n"
         "#include <assert.h>\n#include <pthread.h>\n#include <stdatomic.h>\n#include <stddef.h>\n";
}

std::string main_function(std::size_t threads, const std::string& after) {
  std::string create;
  std::string join;
  for (std::size_t t = 0; t < threads; ++t) {
    const std::string n = std::to_string(t);
    create += "  pthread_t t" + n + ";\n  pthread_create(&t" + n + ", NULL, thread_" + n +
              ", NULL);\n";
    join += "  pthread_join(t" + n + ", NULL);\n";
  }
  return "int main(void) {\n" + create + join + after + "  return 0;\n}\n";
}

}  // namespace

std::string c_program(const recording& r, const program_title& title) {
  if (!r.problem.empty()) throw std::runtime_error(r.problem);
  symbols s(r);
  std::string functions;
  for (std::size_t t = 0; t < r.threads.size(); ++t) {
    refuse_additions_to_addresses(r.threads[t], s);
    functions += "static void *thread_" + std::to_string(t) + "(void *unused) {\n" +
                 "  (void)unused;\n" +
                 body_writer(r, s, code_of(r.threads[t])).text() + "  return NULL;\n}\n\n";
  }
  refuse_additions_to_addresses(r.after, s);
  const std::string after = body_writer(r, s, code_of(r.after)).text();
  return header(r, title) + "\n" + s.declarations() + "\n" + functions +
         main_function(r.threads.size(), after);
}

}  // namespace wyn::model_export
