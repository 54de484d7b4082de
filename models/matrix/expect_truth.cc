#include "models/matrix/expect_truth.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <string>

namespace wyn::models {

void expect_truth(const checked_table& table, const table_size& size) {
  const matrix_result result = table.matrix();
  std::printf("%s", result.text().c_str());
  for (const std::string& complaint : result.complaints) ADD_FAILURE() << complaint;
  EXPECT_EQ(result.rows.size(), size.rows) << table.name << ": rows";
  EXPECT_EQ(result.cells(), size.weakenings) << table.name << ": orders that can be weakened";
}

}  // namespace wyn::models
