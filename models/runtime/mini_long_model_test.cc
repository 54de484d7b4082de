// The runtimes in small with two workers and main that take the explorer longest: every execution,
// without a bound on preemptions. mini_whole_test.cc has the others, and the seeded faults.
#include <cstdint>
#include <cstdlib>

#include "models/checker/gtest.h"
#include "models/env/env_checker.h"
#include "models/runtime/mini_thread_end.h"
#include "models/runtime/model_orders.h"

namespace wyn::runtime_models {
namespace {

using env = env_checker;
using orders = model_orders;

MODEL_TEST(MiniRuntimeLong, OneThreadEnds, (mini_thread_end<env, orders>), executions(1802597));

// This takes some minutes.
template <class Model>
void expect_executions_if_deep(std::uint64_t executions) {
  if (std::getenv("WYN_DEEP") == nullptr) GTEST_SKIP() << "all executions: with --config=deep";
  const model::verdict v = model::check<Model>();
  EXPECT_EQ(v.kind, model::verdict_kind::pass) << v.report;
  EXPECT_EQ(v.executions, executions) << "a golden value";
}

TEST(MiniRuntimeLong, OneThreadEndsAndAsksToSearch) {
  expect_executions_if_deep<mini_thread_end<env, orders, shipped_parts>>(15218329);
}

}  // namespace
}  // namespace wyn::runtime_models
