// Are the comments of core/coro/coro_orders.h true? Every order is weakened by one step, at run
// time, and the models that the row names must object.
#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <vector>

#include "models/coro/all_models.h"

namespace wyn::coro_models {
namespace {

TEST(JoinCounterMatrix, TheTableTellsTheTruth) {
  const std::string source = models::read_source("core/coro/coro_orders.h");
  const std::vector<models::table_row> rows =
      models::read_ordering_table(source, "coro_default_orders");
  const models::matrix_result result =
      models::run_matrix(rows, all_models<coro_default_orders>());
  std::printf("%s\n", result.table().c_str());
  for (const std::string& complaint : result.complaints) ADD_FAILURE() << complaint;
  EXPECT_EQ(result.cells.size(), 3u) << "the number of orders that can be weakened";
}

}  // namespace
}  // namespace wyn::coro_models
