#include "models/matrix/ordering_table.h"

#include <cctype>
#include <optional>
#include <sstream>
#include <stdexcept>

namespace wyn::models {
namespace {

// The words of "<head> a, b (why), c." in a comment; parentheses explain and are left out.
std::vector<std::string> list_after(const std::string& comment, const std::string& head) {
  std::vector<std::string> words;
  const std::size_t at = comment.find(head);
  if (at == std::string::npos) return words;
  std::string word;
  int depth = 0;
  for (std::size_t i = at + head.size(); i < comment.size(); ++i) {
    const char c = comment[i];
    depth += (c == '(') - (c == ')');
    if (depth > 0 || c == ')') continue;
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '_') {
      word += c;
      continue;
    }
    if (!word.empty()) words.push_back(word);
    word.clear();
    if (c == '.') break;
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

// The orders that `text` names, as "order::release", in their turn.
std::vector<std::optional<order>> orders_in(const std::string& text) {
  static const std::string head = "order::";
  std::vector<std::optional<order>> found;
  for (std::size_t at = text.find(head); at != std::string::npos; at = text.find(head, at)) {
    at += head.size();
    std::size_t end = at;
    while (end < text.size() &&
           (std::isalpha(static_cast<unsigned char>(text[end])) || text[end] == '_')) {
      ++end;
    }
    found.push_back(model::order_named(text.substr(at, end - at)));
  }
  return found;
}

table_row parse_row(const std::string& text, const std::string& comment, int line) {
  const std::size_t open = text.find('"');
  const std::size_t close = open == std::string::npos ? open : text.find('"', open + 1);
  const std::vector<std::optional<order>> orders = orders_in(text);
  const bool known = !orders.empty() && orders.size() <= 2 && orders.front() && orders.back();
  if (close == std::string::npos || !known) {
    throw std::runtime_error("line " + std::to_string(line) + ": not a row: " + text);
  }
  table_row row;
  row.id = text.substr(open + 1, close - open - 1);
  row.success = *orders.front();
  row.failure = orders.size() == 2 ? *orders.back() : failure_order_of(row.success);
  row.killed_by = list_after(comment, "Killed by:");
  row.load_buffering = list_after(comment, "Load buffering:");
  return row;
}

std::string trimmed(const std::string& line) {
  const std::size_t first = line.find_first_not_of(' ');
  return first == std::string::npos ? "" : line.substr(first);
}

bool starts_with_word(const std::string& text, const std::string& word) {
  if (text.rfind(word, 0) != 0) return false;
  return text.size() == word.size() ||
         !(std::isalnum(static_cast<unsigned char>(text[word.size()])) || text[word.size()] == '_');
}

enum class access { load, store, rmw, fence };

access access_of(const table_row& row) {
  const std::size_t dot = row.id.find('.');
  const std::string what = dot == std::string::npos ? "" : row.id.substr(dot + 1);
  if (what.rfind("fence", 0) == 0) return access::fence;
  for (const char* rmw : {"cas", "fetch_add", "exchange"}) {
    if (what.rfind(rmw, 0) == 0) return access::rmw;
  }
  if (what.rfind("load", 0) == 0) return access::load;
  // "restore" is a store that puts back.
  if (what.rfind("store", 0) == 0 || what.rfind("restore", 0) == 0) return access::store;
  throw std::runtime_error("row \"" + row.id + "\" does not say what kind of access it is");
}

}  // namespace

std::vector<table_row> read_ordering_table(const std::string& source, const std::string& name) {
  std::vector<table_row> rows;
  std::istringstream lines(source);
  std::string line;
  std::string comment;
  std::string row;
  bool inside = false;
  for (int number = 1; std::getline(lines, line); ++number) {
    const std::string text = trimmed(line);
    if (!inside) {
      inside = starts_with_word(text, "struct " + name) && text.back() == '{';
    } else if (!row.empty() || text.rfind("static constexpr site<", 0) == 0) {
      row += row.empty() ? text : " " + text;
      if (row.find("{};") == std::string::npos) continue;
      rows.push_back(parse_row(row, comment, number));
      row.clear();
      comment.clear();
    } else if (text.rfind("//", 0) == 0) {
      comment += trimmed(text.substr(text.find_first_not_of('/') == std::string::npos
                                         ? text.size()
                                         : text.find_first_not_of('/'))) +
                 " ";
    } else if (text == "};") {
      break;
    } else {
      comment.clear();
    }
  }
  if (rows.empty()) throw std::runtime_error("no ordering table \"" + name + "\" in the source");
  return rows;
}

std::vector<weakening> weakenings_of(const table_row& row) {
  const access kind = access_of(row);
  switch (row.success) {
    case order::none:
    case order::relaxed:
      return {};
    case order::acquire:
      return {{kind == access::fence ? order::none : order::relaxed, "acquire"}};
    case order::release:
      return {{kind == access::fence ? order::none : order::relaxed, "release"}};
    case order::acq_rel:
      return {{order::acquire, "release"}, {order::release, "acquire"}};
    case order::seq_cst:
      if (kind == access::load) return {{order::acquire, "seq_cst"}};
      if (kind == access::store) return {{order::release, "seq_cst"}};
      return {{order::acq_rel, "seq_cst"}};
    case order::light:
    case order::heavy:
      return {{order::none, model::order_name(row.success)}};
  }
  return {};
}

}  // namespace wyn::models
