// Are the comments of core/injector/producer_ring_orders.h true? Every order is weakened by one
// step, at run time, and the models that the row names must object.
#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <vector>

#include "models/injector/all_models.h"

namespace wyn::injector_models {
namespace {

TEST(RingMatrix, TheTableTellsTheTruth) {
  const std::string source = models::read_source("core/injector/producer_ring_orders.h");
  const std::vector<models::table_row> rows =
      models::read_ordering_table(source, "producer_ring_orders");
  const models::matrix_result result =
      models::run_matrix(rows, all_models<producer_ring_orders>());
  std::printf("%s\n", result.table().c_str());
  for (const std::string& complaint : result.complaints) ADD_FAILURE() << complaint;
  EXPECT_EQ(result.cells.size(), 6u) << "the number of orders that can be weakened";
}

}  // namespace
}  // namespace wyn::injector_models
