#include "models/export/env_export.h"
#include "models/export/other_programs.h"
#include "models/task_pool/both_ways.h"
#include "models/task_pool/destroy_after_return.h"
#include "models/task_pool/remote_return.h"
#include "models/task_pool/return_and_reuse.h"
#include "models/task_pool/return_in_turn.h"
#include "models/task_pool/three_returns.h"
#include "models/task_pool/trim_after_return.h"
#include "models/task_pool/two_allocators.h"

namespace wyn::model_export {

std::vector<exported_program> task_pool_programs() {
  using namespace task_pool_models;
  using e = env_export;
  using orders = task_heap_default_orders;
  std::vector<exported_program> all;
  const auto program = [&](const char* model, auto record) {
    all.push_back({"task_pool", "task_pool", model, "task_heap_default_orders", record});
  };
  program("both_ways", &record<both_ways<e, orders>>);
  program("destroy_after_return", &record<destroy_after_return<e, orders>>);
  program("remote_return", &record<remote_return<e, orders>>);
  program("return_and_reuse", &record<return_and_reuse<e, orders>>);
  program("return_in_turn", &record<return_in_turn<e, orders>>);
  program("three_returns", &record<three_returns<e, orders>>);
  program("trim_after_return", &record<trim_after_return<e, orders>>);
  program("two_allocators", &record<two_allocators<e, orders>>);
  return all;
}

}  // namespace wyn::model_export
