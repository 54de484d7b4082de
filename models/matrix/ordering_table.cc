#include "models/matrix/ordering_table.h"

#include <algorithm>
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

// `comment` without the sentence that begins with `head`; a point inside parentheses ends nothing.
std::string without_sentence(const std::string& comment, const std::string& head) {
  const std::size_t at = comment.find(head);
  if (at == std::string::npos) return comment;
  std::size_t end = at;
  for (int depth = 0; end < comment.size(); ++end) {
    depth += (comment[end] == '(') - (comment[end] == ')');
    if (depth == 0 && comment[end] == '.') break;
  }
  return comment.substr(0, at) + (end < comment.size() ? comment.substr(end + 1) : "");
}

std::string single_spaced(const std::string& text) {
  std::istringstream words(text);
  std::string line;
  for (std::string word; words >> word;) line += (line.empty() ? "" : " ") + word;
  return line;
}

// The two columns of the comment that are for people.
void read_argument(const std::string& comment, table_row& row) {
  static const std::string pairs = "Pairs with ";
  static const std::string why = "Why: ";
  std::string argument = comment;
  for (const char* claim : {"Killed by:", "Load buffering:", "Proof:"}) {
    argument = without_sentence(argument, claim);
  }
  row.why = single_spaced(argument);
  if (row.why.rfind(pairs, 0) == 0) {
    const std::size_t end = row.why.find_first_of(".,:");
    row.pairs_with = row.why.substr(pairs.size(), end - pairs.size());
    if (end == std::string::npos || row.why[end] == '.') {
      row.why.erase(0, row.why.find_first_not_of(' ', end == std::string::npos ? end : end + 1));
    }
  }
  if (row.why.rfind(why, 0) == 0) row.why.erase(0, why.size());
}

model::access_kind kind_of(const std::string& id) {
  const std::size_t dot = id.find('.');
  const std::string what = dot == std::string::npos ? "" : id.substr(dot + 1);
  const auto begins_with = [&](const char* word) { return what.rfind(word, 0) == 0; };
  if (begins_with("fence")) return model::access_kind::fence;
  if (begins_with("cas")) return model::access_kind::compare_exchange;
  if (begins_with("fetch_add") || begins_with("exchange")) {
    return model::access_kind::read_modify_write;
  }
  if (begins_with("load")) return model::access_kind::load;
  // "restore" is a store that puts back.
  if (begins_with("store") || begins_with("restore")) return model::access_kind::store;
  throw std::runtime_error("row \"" + id + "\" does not say what kind of access it is");
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
  row.site.id = text.substr(open + 1, close - open - 1);
  row.site.kind = kind_of(row.site.id);
  row.site.orders.success = *orders.front();
  row.site.orders.failure = row.site.orders.success;
  if (row.site.kind == model::access_kind::compare_exchange) {
    row.site.orders.failure =
        orders.size() == 2 ? *orders.back() : failure_order_of(row.site.orders.success);
  }
  read_argument(comment, row);
  row.killed_by = list_after(comment, "Killed by:");
  row.load_buffering = list_after(comment, "Load buffering:");
  row.proof = list_after(comment, "Proof:");
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

}  // namespace

std::string number_of(const table_row& row) { return row.site.id.substr(0, row.site.id.find(' ')); }

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

std::vector<model::order_change> weakenings_of(const table_row& row) {
  std::vector<model::order_change> changes = model::weakened_one_step(row.site);
  if (row.site.kind != model::access_kind::compare_exchange) return changes;
  for (model::order_change& change : changes) {
    // relaxed < acquire < seq_cst, the orders that a load can have.
    change.to.failure = std::min(change.to.failure, failure_order_of(change.to.success));
  }
  return changes;
}

}  // namespace wyn::models
