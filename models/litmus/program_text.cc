#include "models/litmus/program_text.h"

#include <cstddef>

#include "models/checker/graph/order_name.h"

namespace wyn::litmus {

namespace {

const char* name_of(op_kind k) {
  switch (k) {
    case op_kind::load: return "load";
    case op_kind::store: return "store";
    case op_kind::fetch_add: return "fetch_add";
    case op_kind::exchange: return "exchange";
    case op_kind::compare_exchange: return "compare_exchange";
    case op_kind::fence: return "fence";
    case op_kind::fetch_sub: return "fetch_sub";
    case op_kind::fetch_and: return "fetch_and";
    case op_kind::fetch_or: return "fetch_or";
    case op_kind::fetch_xor: return "fetch_xor";
    case op_kind::equal: return "equal";
    case op_kind::add: return "add";
    case op_kind::subtract: return "subtract";
    case op_kind::less: return "less";
    case op_kind::bit_and: return "bit_and";
    case op_kind::bit_or: return "bit_or";
    case op_kind::bit_xor: return "bit_xor";
    case op_kind::cut: return "cut";
  }
  return "?";
}

std::string text_of(const value& v) {
  return v.reg >= 0 ? "r" + std::to_string(v.reg) : std::to_string(v.literal);
}

std::string arguments(const op& o) {
  if (o.kind == op_kind::cut) return "";
  if (is_computation(o.kind)) return text_of(o.operand) + ", " + text_of(o.expected);
  std::string text = o.pointer >= 0 ? "*r" + std::to_string(o.pointer)
                                    : "x" + std::to_string(o.location);
  if (o.kind == op_kind::compare_exchange) text += ", " + text_of(o.expected);
  if (o.kind != op_kind::load) text += ", " + text_of(o.operand);
  if (o.plain) return text + ", plain";
  text += std::string(", ") + model::order_name(o.success);
  if (o.kind == op_kind::compare_exchange) text += std::string(", ") + model::order_name(o.failure);
  return text;
}

std::string text_of(const op& o) {
  std::string text;
  for (const guard& g : o.guards) {
    text += "if (r" + std::to_string(g.reg) + (g.equal ? " == " : " != ") +
            std::to_string(g.literal) + ") ";
  }
  if (o.kind == op_kind::fence) return text + "fence(" + model::order_name(o.success) + ")";
  if (o.reg >= 0) text += "r" + std::to_string(o.reg) + " = ";
  return text + (o.weak ? "weak_" : "") + name_of(o.kind) + "(" + arguments(o) + ")";
}

}  // namespace

std::string to_text(const program& p) {
  std::string text;
  for (std::size_t l = 0; l < p.initial.size(); ++l) {
    if (p.initial[l] == 0) continue;
    text += "x" + std::to_string(l) + " = " + std::to_string(p.initial[l]) + "\n";
  }
  for (std::size_t t = 0; t < p.threads.size(); ++t) {
    for (const op& o : p.threads[t]) text += "P" + std::to_string(t) + ": " + text_of(o) + "\n";
  }
  return text;
}

}  // namespace wyn::litmus
