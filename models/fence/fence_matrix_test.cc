// Are the comments of core/base/heavy_fence_orders.h true? Every order is weakened by one step, at
// run time: a model that the row names must object, or the load-buffering lint.
#include <gtest/gtest.h>

#include "models/fence/tables.h"
#include "models/orders/expect_truth.h"

namespace wyn::fence_models {
namespace {

TEST(FenceMatrix, TheTableTellsTheTruth) {
  models::expect_truth(table(), {.rows = 8, .weakenings = 5});
}

}  // namespace
}  // namespace wyn::fence_models
