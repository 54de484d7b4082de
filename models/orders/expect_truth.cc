#include "models/orders/expect_truth.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "models/orders/out_of_date.h"
#include "models/orders/json.h"
#include "models/orders/read_json.h"

namespace wyn::models {

void expect_truth(const checked_table& table, const table_size& size) {
  const matrix_result result = table.matrix();
  std::printf("%s", result.text().c_str());
  for (const std::string& complaint : result.complaints) ADD_FAILURE() << complaint;
  EXPECT_EQ(result.rows.size(), size.rows) << table.name << ": rows";
  EXPECT_EQ(result.cells(), size.weakenings) << table.name << ": orders that can be weakened";

  const std::string found = json_part_of({table, result});
  const std::string in_the_book = part_of_book(read_source("docs/orders.json"), table.name);
  if (in_the_book == found) return;
  ADD_FAILURE() << table.name << ": " << out_of_date("docs/orders.json", in_the_book, found);
}

}  // namespace wyn::models
