#include "models/orders/markdown.h"

namespace wyn::models {
namespace {

constexpr const char* intro = R"(# Every memory order, and what needs it
<!-- Written by `bazel run -c opt //models/orders:write_book`. -->
One row for each atomic access of `core/`. Each order is weakened by one step, at run time, and the
models that make the access are explored again, all executions of each, but for models that take
longer than a second or two ([models](../models/README.md)). A row ends in one of three ways:

- **weakest already**: relaxed, or no fence at all;
- **killed by** models that fail with the weaker order; the first is shown with its failure;
- **kept stronger than RC11 needs**: each of these models accepts the weaker order. What the order
  prevents RC11 forbids anyhow, and ARMv8 and RISC-V do not: without it, the two accesses that
  are shown may change places unless one depends on the other, which compilers need not keep. The
  [load-buffering lint](../models/checker/tools/load_buffering.h) finds them in the models'
  executions. What it is worth is [proved on paper](../proofs/load_buffering.md) for programs
  that have no open pair at all, as the Chase-Lev deque and the join counter, or only pairs that
  something else orders, a branch as a rule, as the other parts.
  Or no model shows what the order is for within its bounds, and the proof for all bounds does: it
  has a concrete run that goes wrong without it.

"One step" is one step down in relaxed < acquire, release < acq_rel < seq_cst; a fence may go, and
so may half of an asymmetric pair. The order of a compare-exchange's failure has steps of its own.

So no order is stronger than the models, the lint or a proof can explain. That the orders are strong
*enough* is another matter: the models say so within their bounds, and `proofs/` beyond them; see
[claims and evidence](../proofs/README.md).

The same with every model's answer, and a filter: [orders.html](orders.html). For programs:
[orders.json](orders.json). `bazel run -c opt //models:weaken_every_row` prints a list, and fails
if anything stays green; the test named for a table computes its part again and compares, and
`//models/orders:order_book_test` does so for this page.
)";

std::string cell_text(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '|' ? std::string("\\|") : std::string(1, c);
  return result;
}

std::string link(const std::string& text, const std::string& path) {
  return "[" + text + "](../" + path + ")";
}

std::string end_text(const book_table& table, const matrix_cell& cell) {
  std::string text = "*" + cell.weaker.text + "*: ";
  if (end_of(cell) == row_end::kept) {
    text += "kept stronger than RC11 needs because the lint of `" +
            matrix_test_of(table.about) + "` then lists ";
    for (std::size_t i = 0; i < cell.opened_pairs.size(); ++i) {
      if (i == 2) return text + " and " + std::to_string(cell.opened_pairs.size() - 2) + " more";
      text += (i == 0 ? "`" : ", `") + cell.opened_pairs[i] + "`";
    }
    return text;
  }
  if (cell.refuted) {
    return text + "kept stronger than RC11 needs because " +
           link("the proof", cell.refuted->file) + " has a run that goes wrong without: *" +
           cell.refuted->name + "*";
  }
  const killer& first = cell.killers.front();
  text += "killed by " + link(first.model, table.about.header_of(first.model)) + " (" +
          failure_text(first) + ")";
  const std::size_t more = cell.killers.size() - 1;
  if (more > 0) text += " and " + std::to_string(more) + " more";
  return text;
}

std::string row_text(const book_table& table, const matrix_row& row) {
  std::string ends;
  for (const matrix_cell& cell : row.cells) {
    ends += (ends.empty() ? "" : "<br>") + end_text(table, cell);
  }
  if (row.cells.empty()) ends = "weakest already";
  if (row.reached_by.empty()) ends += "; no thread of a model gets there";
  return "| " + row.row.site.id + " | " + order_text(row.row) + " | " +
         cell_text(row.row.pairs_with) + " | " + cell_text(row.row.why) + " | " + cell_text(ends) +
         " |\n";
}

std::string counts_text(const std::string& title, const book_counts& counts) {
  return "| " + title + " | " + std::to_string(counts.rows) + " | " +
         std::to_string(counts.weakest) + " | " + std::to_string(counts.weakenings) + " | " +
         std::to_string(counts.killed) + " | " + std::to_string(counts.kept) + " | " +
         std::to_string(counts.proved) + " |\n";
}

std::string summary_of(const order_book& book) {
  std::string text =
      "\n| table | rows | weakest already | weakenings | killed by a model | kept for hardware | "
      "kept for a proof |\n|---|---|---|---|---|---|---|\n";
  for (const book_table& table : book.tables) {
    text += counts_text(table.about.title, counts_of(table.result));
  }
  return text + counts_text("all", counts_of(book));
}

std::string section_of(const book_table& table) {
  std::string text = "\n## " + table.about.title + "\n`" + table.about.name + "` in " +
                     link(table.about.source, table.about.source) + ", for " +
                     link(table.about.structure, table.about.structure) + ". Checked by `" +
                     matrix_test_of(table.about) + "`.\n";
  if (!table.about.base.empty()) {
    text += "Rows that do not end in \"s\" are those of `" + table.about.base +
            "`, checked beside this table's own.\n";
  }
  text += "\n| row | order | pairs with | why | one step weaker |\n|---|---|---|---|---|\n";
  for (const matrix_row& row : table.result.rows) text += row_text(table, row);
  return text;
}

}  // namespace

std::string markdown_of(const order_book& book) {
  std::string page = intro + summary_of(book);
  for (const book_table& table : book.tables) page += section_of(table);
  return page;
}

}  // namespace wyn::models
