// Are the comments of core/deque/deque_orders.h true? Every order is weakened by one
// step, at run time: a model that the row names must object, or the load-buffering lint.
#include <gtest/gtest.h>

#include "models/orders/expect_truth.h"
#include "models/deque/tables.h"

namespace wyn::deque_models {
namespace {

TEST(DequeMatrix, TheFenceTableTellsTheTruth) {
  models::expect_truth(fence_table(), {.rows = 22, .weakenings = 11});
}
TEST(DequeMatrix, TheSeqCstTableTellsTheTruth) {
  models::expect_truth(seq_cst_table(), {.rows = 22, .weakenings = 13});
}

}  // namespace
}  // namespace wyn::deque_models
