// Are the comments of core/coro/coro_orders.h true? Every order is weakened by one
// step, at run time: a model that the row names must object, or the load-buffering lint.
#include <gtest/gtest.h>

#include "models/orders/expect_truth.h"
#include "models/coro/tables.h"

namespace wyn::coro_models {
namespace {

TEST(JoinCounterMatrix, TheTableTellsTheTruth) {
  models::expect_truth(join_counter_table(), {.rows = 2, .weakenings = 3});
}

}  // namespace
}  // namespace wyn::coro_models
