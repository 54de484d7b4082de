// A runtime in small with two workers and main: every execution with so many preemptions or fewer
// (models/checker/trust/preemptions.h), each once. mini_model_test.cc shows that these models see
// mistakes, and has those with two threads, without a bound.
#include <cstdint>
#include <cstdlib>

#include "models/checker/gtest.h"
#include "models/env/env_checker.h"
#include "models/runtime/broken_parts.h"
#include "models/runtime/mini_thread_end.h"
#include "models/runtime/mini_two_spawners.h"
#include "models/runtime/model_orders.h"

namespace wyn::runtime_models {
namespace {

using env = env_checker;
using orders = model_orders;

MODEL_TEST(MiniRuntimeWithin, TwoSpawners, (mini_two_spawners<env, orders>),
           executions_within(16942), {.max_preemptions = 2});
MODEL_TEST(MiniRuntimeWithin, TwoSpawnersBiased, (mini_two_spawners<env, orders, biased<>>),
           executions_within(16942), {.max_preemptions = 2});
MODEL_TEST(MiniRuntimeWithin, OneThreadEndsBiased, (mini_thread_end<env, orders, biased<>>),
           executions_within(138), {.max_preemptions = 0});

// A minute each.
template <class Model>
void expect_within_one_preemption(std::uint64_t executions) {
  if (std::getenv("WYN_DEEP") == nullptr) {
    GTEST_SKIP() << "with one preemption: with --config=deep";
  }
  const model::verdict v = model::check<Model>({.max_preemptions = 1});
  EXPECT_EQ(v.kind, model::verdict_kind::bounded) << v.report;
  EXPECT_EQ(v.executions, executions) << "a golden value";
}
TEST(MiniRuntimeWithin, OneThreadEndsWithOnePreemption) {
  expect_within_one_preemption<mini_thread_end<env, orders>>(9193);
}
TEST(MiniRuntimeWithin, OneThreadEndsBiasedWithOnePreemption) {
  expect_within_one_preemption<mini_thread_end<env, orders, biased<>>>(9193);
}

}  // namespace
}  // namespace wyn::runtime_models
