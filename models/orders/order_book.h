// The order book: every row of every ordering table, why it has its order, and what turns red when
// the order is one step weaker. It is computed: what it says, the matrix has shown in this run.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "models/matrix/checked_table.h"

namespace wyn::models {

struct book_table {
  checked_table about;
  matrix_result result;
};

struct order_book {
  std::vector<book_table> tables;
};

/// Runs the matrix of each table. Blocks for as long as it takes. Throws std::runtime_error, with
/// all of them, when claims of the tables do not hold: there is no book of a table that lies.
order_book gather(const std::vector<checked_table>& tables);

/// How a row, or one of its weakenings, ends.
enum class row_end : unsigned char {
  weakest,  ///< there is no weaker order
  killed,   ///< a model fails
  kept,     ///< no model fails; hardware may do what RC11 forbids
  proved,   ///< no model fails; the proof needs the order
};

/// "weakest already", "killed", "kept for hardware", "kept for the proof".
const char* to_string(row_end end);

row_end end_of(const matrix_cell& cell);
/// `proved` or else `kept` if any of its weakenings is.
row_end end_of(const matrix_row& row);

/// What the summary counts.
struct book_counts {
  std::size_t rows = 0;
  std::size_t weakest = 0;     ///< rows
  std::size_t unreached = 0;   ///< rows that no thread of a model reaches; all are the weakest
  std::size_t weakenings = 0;
  std::size_t killed = 0;      ///< weakenings
  std::size_t kept = 0;        ///< weakenings
  std::size_t proved = 0;      ///< weakenings
};

book_counts counts_of(const matrix_result& result);
book_counts counts_of(const order_book& book);

/// "acq_rel"; where a failure has another order than follows from that, "acq_rel, failure relaxed".
std::string order_text(const table_row& row);

/// How a model fails: the words of an assertion, of anything else the kind alone. Where in memory a
/// race was, say, is no matter for a page that is the same for every compiler.
std::string failure_text(const killer& k);

/// The test that runs the lint and the models on the row: "//models/deque:deque_matrix_test".
std::string matrix_test_of(const checked_table& table);

}  // namespace wyn::models
