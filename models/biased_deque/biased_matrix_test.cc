// Are the comments of core/deque/biased_orders.h true? Every order is weakened by one step, at run
// time: a model that the row names must object, or the load-buffering lint.
#include <gtest/gtest.h>

#include "models/biased_deque/tables.h"
#include "models/orders/expect_truth.h"

namespace wyn::biased_models {
namespace {

TEST(BiasedMatrix, TheTableTellsTheTruth) {
  models::expect_truth(table(), {.rows = 36, .weakenings = 24});
}

}  // namespace
}  // namespace wyn::biased_models
