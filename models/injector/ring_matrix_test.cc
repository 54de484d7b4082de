// Are the comments of core/injector/producer_ring_orders.h true? Every order is weakened by one
// step, at run time: a model that the row names must object, or the load-buffering lint.
#include <gtest/gtest.h>

#include "models/orders/expect_truth.h"
#include "models/injector/tables.h"

namespace wyn::injector_models {
namespace {

TEST(RingMatrix, TheTableTellsTheTruth) {
  models::expect_truth(ring_table(), {.rows = 15, .weakenings = 6});
}

}  // namespace
}  // namespace wyn::injector_models
