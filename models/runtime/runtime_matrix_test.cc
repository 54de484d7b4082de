// Are the comments of core/runtime/runtime_orders.h true? Every order is weakened by one
// step, at run time: a model that the row names must object, or the load-buffering lint.
#include <gtest/gtest.h>

#include "models/orders/expect_truth.h"
#include "models/runtime/tables.h"

namespace wyn::runtime_models {
namespace {

TEST(RuntimeMatrix, TheTableOfCountsAndFlagsTellsTheTruth) {
  models::expect_truth(counts_table(), {.rows = 37, .weakenings = 16});
}
TEST(RuntimeMatrix, TheTableOfJoinsTellsTheTruth) {
  models::expect_truth(join_table(), {.rows = 6, .weakenings = 9});
}
TEST(RuntimeMatrix, TheTableOfTaskGroupsTellsTheTruth) {
  models::expect_truth(group_table(), {.rows = 14, .weakenings = 8});
}
TEST(RuntimeMatrix, TheTableOfLeapfroggingTellsTheTruth) {
  models::expect_truth(theft_table(), {.rows = 4, .weakenings = 2});
}

}  // namespace
}  // namespace wyn::runtime_models
