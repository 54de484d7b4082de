#include "models/checker/report/names.h"

namespace wyn::model {

const char* to_string(relation r) {
  switch (r) {
    case relation::po: return "po";
    case relation::rf: return "rf";
    case relation::mo: return "mo";
    case relation::fr: return "fr";
    case relation::sw: return "sw";
    case relation::hb: return "hb";
    case relation::psc: return "psc";
  }
  return "?";
}

const char* short_name(order o) {
  switch (o) {
    case order::none: return "none";
    case order::relaxed: return "rlx";
    case order::acquire: return "acq";
    case order::release: return "rel";
    case order::acq_rel: return "acq_rel";
    case order::seq_cst: return "sc";
    case order::light: return "light";
    case order::heavy: return "heavy";
  }
  return "?";
}

std::string operation_name(operation_kind kind) {
  switch (kind) {
    case operation_kind::load: return "load";
    case operation_kind::store: return "store";
    case operation_kind::fetch_add: return "fetch_add";
    case operation_kind::exchange: return "exchange";
    case operation_kind::compare_exchange: return "compare_exchange";
    case operation_kind::fence: return "fence";
    case operation_kind::choice: return "choose";
    case operation_kind::await_upper:
    case operation_kind::await: return "wait";
    case operation_kind::fetch_and: return "fetch_and";
    case operation_kind::fetch_or: return "fetch_or";
    case operation_kind::fetch_xor: return "fetch_xor";
    default: return "operation";
  }
}

std::string headline_of(const reported_step& s) {
  const std::string name = s.site.empty() ? s.operation : s.site;
  return s.order.empty() ? name : name + "  " + s.order;
}

std::string action_of(const reported_step& s, const char* to, const char* from) {
  std::string text;
  if (s.location.empty()) {
    if (!s.read.empty()) text = "= " + s.read;
  } else if (s.read.empty() && s.written.empty()) {
    text = s.location;
  } else if (s.written.empty()) {
    text = s.location + " " + to + " " + s.read;
    if (s.operation == "compare_exchange") text += "  (fails)";
  } else if (s.read.empty()) {
    text = s.location + " " + from + " " + s.written;
  } else {
    text = s.location + " " + s.read + to + s.written;
  }
  if (!s.table_order.empty()) {
    text += (text.empty() ? "" : "  ") + ("(table: " + s.table_order + ")");
  }
  return s.missed.empty() ? text : text + "  STALE";
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

}  // namespace wyn::model
