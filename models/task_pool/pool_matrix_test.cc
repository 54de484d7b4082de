// Are the comments of core/task_pool/task_heap_orders.h true? Every order is weakened by one step,
// at run time, and the models that the row names must object.
#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <vector>

#include "models/task_pool/all_models.h"

namespace wyn::task_pool_models {
namespace {

std::vector<models::table_row> rows() {
  return models::read_ordering_table(models::read_source("core/task_pool/task_heap_orders.h"),
                                     "task_heap_default_orders");
}

TEST(TaskPoolMatrix, TheTableTellsTheTruth) {
  const models::matrix_result result =
      models::run_matrix(rows(), all_models<task_heap_default_orders>());
  std::printf("%s\n", result.table().c_str());
  for (const std::string& complaint : result.complaints) ADD_FAILURE() << complaint;
  EXPECT_EQ(result.cells.size(), 2u) << "a release and an acquire are all that the pool needs";
}

// Weakening tells nothing of a row that no model reaches.
TEST(TaskPoolMatrix, EveryRowIsReachedByAModel) {
  for (const models::table_row& row : rows()) {
    bool reached = false;
    for (const auto& [name, run] : all_models<task_heap_default_orders>()) {
      model::options same;
      same.overrides.push_back({row.id, row.success});
      reached |= run(same).unused_overrides.empty();
    }
    EXPECT_TRUE(reached) << row.id;
  }
}

TEST(TaskPoolMatrix, NoModelMeetsAnExecutionTwice) {
  for (const auto& [name, run] : all_models<task_heap_default_orders>()) {
    model::options counting;
    counting.count_duplicates = true;
    const model::verdict v = run(counting);
    EXPECT_EQ(v.kind, model::verdict_kind::pass) << name << "\n" << v.report;
    EXPECT_EQ(v.duplicates, 0u) << name;
  }
}

}  // namespace
}  // namespace wyn::task_pool_models
