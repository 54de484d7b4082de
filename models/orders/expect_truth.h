// The necessity matrix as a GoogleTest: a table, and how much of it the reader must find.
#pragma once

#include <cstddef>

#include "models/matrix/checked_table.h"

namespace wyn::models {

/// So that a row which is lost on the way is seen.
struct table_size {
  std::size_t rows = 0;
  std::size_t weakenings = 0;
};

/// Fails with every claim of the table that does not hold (run_matrix), unless it has this size,
/// and unless the order book (docs/orders.json) says just that. The matrix goes to the log.
void expect_truth(const checked_table& table, const table_size& size);

}  // namespace wyn::models
