// Are the comments of core/deque/deque_orders.h true? Every order is weakened by one step, at run
// time, and the models that the row names must object.
#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <vector>

#include "models/deque/all_models.h"

namespace wyn::deque_models {
namespace {

template <class Orders>
void expect_true_comments(const std::string& table) {
  const std::string source = models::read_source("core/deque/deque_orders.h");
  const std::vector<models::table_row> rows = models::read_ordering_table(source, table);
  const models::matrix_result result = models::run_matrix(rows, all_models<Orders>());
  std::printf("%s\n", result.table().c_str());
  for (const std::string& complaint : result.complaints) ADD_FAILURE() << complaint;
  EXPECT_GE(result.cells.size(), 9u) << "the reader found too few orders to weaken";
}

TEST(DequeMatrix, TheFenceTableTellsTheTruth) {
  expect_true_comments<deque_fence_orders>("deque_fence_orders");
}
TEST(DequeMatrix, TheSeqCstTableTellsTheTruth) {
  expect_true_comments<deque_seq_cst_orders>("deque_seq_cst_orders");
}

}  // namespace
}  // namespace wyn::deque_models
