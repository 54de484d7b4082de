#include "models/orders/html.h"

#include <cctype>
#include <set>

#include "models/checker/report/svg.h"
#include "models/orders/page_parts.h"

namespace wyn::models {
namespace {

using model::escaped;

const char* class_of(row_end end) {
  switch (end) {
    case row_end::weakest: return "weakest";
    case row_end::killed: return "killed";
    case row_end::kept:
    case row_end::proved: return "kept";
  }
  return "";
}

std::string link(const std::string& text, const std::string& path) {
  return "<a href=\"../" + path + "\">" + escaped(text) + "</a>";
}

bool of_a_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// The page of one book: it knows which rows there are, so that their numbers lead to them.
class page {
 public:
  explicit page(const order_book& book) : book_(book) {
    for (const book_table& table : book.tables) {
      for (const matrix_row& row : table.result.rows) numbers_.insert(number_of(row.row));
    }
  }

  std::string text() {
    std::string sections;
    for (const book_table& table : book_.tables) sections += section_of(table);
    return std::string("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width\">\n"
                       "<title>Every memory order of Wyn</title>\n<style>") +
           page_style + "</style>\n</head>\n<body>\n" +
           "<h1>Every memory order, and what needs it</h1>" + page_intro + sums() +
           contents() + controls() + sections + "<script>" + page_script +
           "</script>\n</body>\n</html>\n";
  }

 private:
  static std::string sum(std::size_t number, const char* what, const char* style) {
    return std::string("<div class=\"sum ") + style + "\"><b>" + std::to_string(number) + "</b>" +
           what + "</div>\n";
  }

  std::string sums() const {
    const book_counts counts = counts_of(book_);
    return "<div class=\"sums\">\n" + sum(book_.tables.size(), "tables", "") +
           sum(counts.rows, "rows", "") + sum(counts.weakest, "rows weakest already", "faint") +
           sum(counts.weakenings, "weakenings", "") +
           sum(counts.killed, "killed by a model", "killed-ink") +
           sum(counts.kept, "kept for hardware", "kept-ink") +
           sum(counts.proved, "kept for a proof", "kept-ink") + "</div>\n";
  }

  std::string contents() const {
    std::string text = "<nav>\n";
    for (const book_table& table : book_.tables) {
      text += "<a href=\"#" + table.about.name + "\">" + escaped(table.about.title) + "</a>\n";
    }
    return text + "</nav>\n";
  }

  static std::string box(const char* end, const char* text) {
    return std::string("<label><input type=\"checkbox\" checked data-end=\"") + end + "\"> " +
           text + "</label>\n";
  }

  static std::string controls() {
    return "<div class=\"controls\">\n<input type=\"search\" id=\"search\" "
           "placeholder=\"row, model, failure, word\" aria-label=\"filter\">\n" +
           box("killed", "killed") + box("kept", "kept for hardware or a proof") +
           box("weakest", "weakest already") +
           "<button id=\"open\">all answers</button>\n"
           "<output id=\"found\" class=\"faint\"></output>\n</div>\n";
  }

  // "Pairs with DF11", with a link to that row.
  std::string with_links(const std::string& text) const {
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
      std::size_t end = i;
      while (end < text.size() && of_a_word(text[end])) ++end;
      const std::string word = text.substr(i, end - i);
      if (numbers_.count(word) != 0) {
        result += "<a href=\"#" + word + "\">" + word + "</a>";
      } else {
        result += escaped(end == i ? text.substr(i, 1) : word);
      }
      i = end == i ? i + 1 : end;
    }
    return result;
  }

  static std::string order_mark(const std::string& style, const std::string& text) {
    return "<span class=\"order " + style + "\">" + escaped(text) + "</span>";
  }

  static std::string answers_of(const book_table& table, const matrix_cell& cell) {
    std::string text = "<ul class=\"answers\">\n";
    for (const killer& k : cell.killers) {
      text += "<li class=\"fails\">&#10007; " + link(k.model, table.about.header_of(k.model)) +
              ": " + escaped(failure_text(k)) + "</li>\n";
    }
    for (const std::string& name : cell.accepted_by) {
      text += "<li class=\"passes\">&#10003; " + link(name, table.about.header_of(name)) +
              " accepts it</li>\n";
    }
    for (const std::string& pair : cell.opened_pairs) {
      text += "<li class=\"kept-ink\">&#8644; " + escaped(pair) + "</li>\n";
    }
    return text + "</ul>\n";
  }

  static std::string end_of_cell(const book_table& table, const table_row& row,
                                 const matrix_cell& cell) {
    const bool of_failure = cell.weaker.to.success == row.site.orders.success;
    const char* weaker =
        model::order_name(of_failure ? cell.weaker.to.failure : cell.weaker.to.success);
    std::string text = "<div class=\"end\"><details><summary>&rarr; " +
                       order_mark(weaker, cell.weaker.text) + " ";
    if (end_of(cell) == row_end::kept) {
      text += "<b class=\"kept-ink\">kept for hardware</b>: the lint of <code>" +
              matrix_test_of(table.about) + "</code> then lists " +
              escaped(cell.opened_pairs.front());
    } else if (cell.refuted) {
      text += "<b class=\"kept-ink\">kept for the proof</b>: " +
              link(cell.refuted->file, cell.refuted->file) + " goes wrong without: " +
              escaped(cell.refuted->name);
    } else {
      const killer& first = cell.killers.front();
      text += "<b class=\"killed-ink\">killed</b> by " +
              link(first.model, table.about.header_of(first.model)) + ": " +
              escaped(failure_text(first));
      if (cell.killers.size() > 1) {
        text += " <span class=\"faint\">and " + std::to_string(cell.killers.size() - 1) +
                " more</span>";
      }
    }
    return text + "</summary>\n" + answers_of(table, cell) + "</details></div>\n";
  }

  std::string row_of(const book_table& table, const matrix_row& row) {
    const char* style = class_of(end_of(row));
    const std::string number = number_of(row.row);
    // A row that a table inherits stands in the book twice; the first is where links lead.
    const std::string anchor = shown_.insert(number).second ? " id=\"" + number + "\"" : "";
    std::string ends;
    for (const matrix_cell& cell : row.cells) ends += end_of_cell(table, row.row, cell);
    if (row.cells.empty()) ends = "<span class=\"faint\">weakest already</span>";
    if (row.reached_by.empty()) {
      ends += "<span class=\"faint\">; no thread of a model gets there</span>";
    }
    return "<tr" + anchor + " class=\"" + style + "\" data-end=\"" + style +
           "\"><td class=\"row\">" + escaped(row.row.site.id) + "</td><td>" +
           order_mark(model::order_name(row.row.site.orders.success), order_text(row.row)) +
           "</td><td>" + with_links(row.row.pairs_with) + "</td><td class=\"why\">" +
           with_links(row.row.why) + "</td><td class=\"ends\">" + ends + "</td></tr>\n";
  }

  static std::string bar_of(const book_table& table) {
    std::string text = "<div class=\"bar\" aria-hidden=\"true\">";
    for (const row_end end : {row_end::killed, row_end::kept, row_end::proved, row_end::weakest}) {
      int count = 0;
      for (const matrix_row& row : table.result.rows) count += end_of(row) == end ? 1 : 0;
      if (count == 0) continue;
      text += std::string("<div class=\"") + class_of(end) + "\" style=\"flex:" +
              std::to_string(count) + "\"></div>";
    }
    return text + "</div>\n";
  }

  static std::string models_of(const book_table& table) {
    std::string text = "<details><summary>" + std::to_string(table.result.executions.size()) +
                       " models, with their executions</summary>\n<ul class=\"answers\">\n";
    for (const auto& [name, executions] : table.result.executions) {
      text += "<li>" + link(name, table.about.header_of(name)) + " <span class=\"faint\">" +
              std::to_string(executions) + "</span></li>\n";
    }
    return text + "</ul></details>\n";
  }

  std::string section_of(const book_table& table) {
    std::string text = "<section id=\"" + table.about.name + "\">\n<h2>" +
                       escaped(table.about.title) + "</h2>\n<p class=\"faint\"><code>" +
                       table.about.name + "</code> in " +
                       link(table.about.source, table.about.source) + ", for " +
                       link(table.about.structure, table.about.structure) + "</p>\n" +
                       bar_of(table) + models_of(table) +
                       "<table>\n<thead><tr><th>row</th><th>order</th><th>pairs with</th>"
                       "<th>why</th><th>one step weaker</th></tr></thead>\n<tbody>\n";
    for (const matrix_row& row : table.result.rows) text += row_of(table, row);
    return text + "</tbody>\n</table>\n</section>\n";
  }

  const order_book& book_;
  std::set<std::string> numbers_;
  std::set<std::string> shown_;
};

}  // namespace

std::string html_of(const order_book& book) { return page(book).text(); }

}  // namespace wyn::models
