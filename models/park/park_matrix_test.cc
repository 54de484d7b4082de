// Are the comments of core/park/event_count_orders.h and search_gate_orders.h true? Every order is
// weakened by one step, at run time, and the models that the row names must object.
#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <vector>

#include "core/park/work_signal_orders.h"
#include "models/park/all_models.h"

namespace wyn::park_models {
namespace {

template <class Orders>
void expect_true_comments(const std::string& file, const std::string& table, std::size_t cells) {
  const std::vector<models::table_row> rows =
      models::read_ordering_table(models::read_source(file), table);
  const models::matrix_result result = models::run_matrix(rows, all_models<Orders>());
  std::printf("%s\n", result.table().c_str());
  for (const std::string& complaint : result.complaints) ADD_FAILURE() << complaint;
  EXPECT_EQ(result.cells.size(), cells) << "the number of orders that can be weakened";
}

TEST(ParkMatrix, TheAsymmetricTableTellsTheTruth) {
  expect_true_comments<work_signal_asymmetric_orders>("core/park/event_count_orders.h",
                                                      "event_count_asymmetric_orders", 6);
}
TEST(ParkMatrix, TheSymmetricTableTellsTheTruth) {
  expect_true_comments<work_signal_symmetric_orders>("core/park/event_count_orders.h",
                                                     "event_count_symmetric_orders", 2);
}
TEST(ParkMatrix, TheSearchGateHasNothingToWeaken) {
  expect_true_comments<work_signal_asymmetric_orders>("core/park/search_gate_orders.h",
                                                      "search_gate_orders", 0);
}

}  // namespace
}  // namespace wyn::park_models
