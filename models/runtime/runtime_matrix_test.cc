// Are the comments of core/runtime/runtime_orders.h true? Every order is weakened by one step, at
// run time, and the models that the row names must object.
#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <vector>

#include "models/runtime/all_models.h"
#include "models/runtime/model_orders.h"

namespace wyn::runtime_models {
namespace {

void expect_true_comments(const std::string& table, std::size_t cells) {
  const std::string source = models::read_source("core/runtime/runtime_orders.h");
  const models::matrix_result result =
      models::run_matrix(models::read_ordering_table(source, table), all_models<model_orders>());
  std::printf("%s\n", result.table().c_str());
  for (const std::string& complaint : result.complaints) ADD_FAILURE() << complaint;
  EXPECT_EQ(result.cells.size(), cells) << "the number of orders that can be weakened";
}

TEST(RuntimeMatrix, TheTableOfCountsAndFlagsTellsTheTruth) {
  expect_true_comments("runtime_default_orders", 12);
}
TEST(RuntimeMatrix, TheTableOfJoinsTellsTheTruth) {
  expect_true_comments("join_default_orders", 8);
}
TEST(RuntimeMatrix, TheTableOfTaskGroupsTellsTheTruth) {
  expect_true_comments("group_default_orders", 8);
}

}  // namespace
}  // namespace wyn::runtime_models
