#include "models/orders/order_book.h"

#include <algorithm>
#include <future>
#include <stdexcept>

namespace wyn::models {

order_book gather(const std::vector<checked_table>& tables) {
  // A check belongs to one OS thread; tables are checked side by side.
  std::vector<std::future<matrix_result>> running;
  for (const checked_table& table : tables) {
    running.push_back(std::async(std::launch::async, [&table] {
      return table.matrix();
    }));
  }
  order_book book;
  std::string complaints;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    book.tables.push_back({tables[i], running[i].get()});
    for (const std::string& complaint : book.tables.back().result.complaints) {
      complaints += "\n  " + tables[i].name + ": " + complaint;
    }
  }
  if (complaints.empty()) return book;
  throw std::runtime_error("the tables claim what is not so:" + complaints);
}

const char* to_string(row_end end) {
  switch (end) {
    case row_end::weakest: return "weakest already";
    case row_end::killed: return "killed";
    case row_end::kept: return "kept for hardware";
    case row_end::proved: return "kept for the proof";
  }
  return "?";
}

row_end end_of(const matrix_cell& cell) {
  if (cell.refuted) return row_end::proved;
  return cell.kept_for_hardware ? row_end::kept : row_end::killed;
}

row_end end_of(const matrix_row& row) {
  row_end end = row_end::weakest;
  for (const matrix_cell& cell : row.cells) end = std::max(end, end_of(cell));
  return end;
}

book_counts counts_of(const matrix_result& result) {
  book_counts counts;
  for (const matrix_row& row : result.rows) {
    ++counts.rows;
    counts.weakest += row.cells.empty() ? 1 : 0;
    counts.unreached += row.reached_by.empty() ? 1 : 0;
    for (const matrix_cell& cell : row.cells) {
      ++counts.weakenings;
      switch (end_of(cell)) {
        case row_end::kept: ++counts.kept; break;
        case row_end::proved: ++counts.proved; break;
        default: ++counts.killed;
      }
    }
  }
  return counts;
}

book_counts counts_of(const order_book& book) {
  book_counts sum;
  for (const book_table& table : book.tables) {
    const book_counts one = counts_of(table.result);
    sum.rows += one.rows;
    sum.weakest += one.weakest;
    sum.unreached += one.unreached;
    sum.weakenings += one.weakenings;
    sum.killed += one.killed;
    sum.kept += one.kept;
    sum.proved += one.proved;
  }
  return sum;
}

std::string order_text(const table_row& row) {
  const model::access_orders& orders = row.site.orders;
  std::string text = model::order_name(orders.success);
  if (row.site.kind == model::access_kind::compare_exchange &&
      orders.failure != failure_order_of(orders.success)) {
    text += std::string(", failure ") + model::order_name(orders.failure);
  }
  return text;
}

std::string failure_text(const killer& k) {
  return k.failure == model::to_string(model::failure::assertion) ? k.message : k.failure;
}

std::string matrix_test_of(const checked_table& table) {
  return "//" + table.folder + ":" + table.matrix_test;
}

}  // namespace wyn::models
