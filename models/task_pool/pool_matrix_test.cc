// Are the comments of core/task_pool/task_heap_orders.h true? Every order is weakened by one step,
// at run time: a model that the row names must object, or the load-buffering lint.
#include <gtest/gtest.h>

#include "models/orders/expect_truth.h"
#include "models/task_pool/tables.h"

namespace wyn::task_pool_models {
namespace {

// A release and an acquire are all that the pool needs.
TEST(TaskPoolMatrix, TheTableTellsTheTruth) {
  models::expect_truth(heap_table(), {.rows = 10, .weakenings = 2});
}

// Relaxed rows, too: the models go everywhere, if only when they are set up.
TEST(TaskPoolMatrix, EveryRowIsReachedByAModel) {
  for (const models::table_row& row : heap_table().rows()) {
    bool reached = false;
    for (const auto& [name, run] : heap_table().models) {
      model::options same;
      same.overrides.push_back({row.site.id, row.site.orders.success});
      reached |= run(same).unused_overrides.empty();
    }
    EXPECT_TRUE(reached) << row.site.id;
  }
}

TEST(TaskPoolMatrix, NoModelMeetsAnExecutionTwice) {
  for (const auto& [name, run] : heap_table().models) {
    model::options counting;
    counting.count_duplicates = true;
    const model::verdict v = run(counting);
    EXPECT_EQ(v.kind, model::verdict_kind::pass) << name << "\n" << v.report;
    EXPECT_EQ(v.duplicates, 0u) << name;
  }
}

}  // namespace
}  // namespace wyn::task_pool_models
