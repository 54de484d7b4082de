// Are the comments of core/park's ordering tables true? Every order is weakened by one
// step, at run time: a model that the row names must object, or the load-buffering lint.
#include <gtest/gtest.h>

#include "models/orders/expect_truth.h"
#include "models/park/tables.h"

namespace wyn::park_models {
namespace {

TEST(ParkMatrix, TheAsymmetricTableTellsTheTruth) {
  models::expect_truth(asymmetric_table(), {.rows = 10, .weakenings = 12});
}
TEST(ParkMatrix, TheSymmetricTableTellsTheTruth) {
  models::expect_truth(symmetric_table(), {.rows = 10, .weakenings = 12});
}
TEST(ParkMatrix, TheSearchGateTellsTheTruth) {
  models::expect_truth(search_gate_table(), {.rows = 15, .weakenings = 3});
}

}  // namespace
}  // namespace wyn::park_models
