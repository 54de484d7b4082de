// A runtime in small with two workers and main, of which a test cannot visit all: every execution
// with so many preemptions or fewer (models/checker/trust/preemptions.h), each once.
// mini_whole_test.cc and mini_long_model_test.cc have what is explored without a bound.
#include "models/checker/gtest_deep.h"
#include "models/env/env_checker.h"
#include "models/runtime/mini_two_spawners.h"
#include "models/runtime/model_orders.h"

namespace wyn::runtime_models {
namespace {

using env = env_checker;
using orders = model_orders;

MODEL_TEST(MiniRuntimeWithin, TwoSpawners, (mini_two_spawners<env, orders, shipped_parts>),
           executions_within(3276), {.max_preemptions = 1});
MODEL_TEST(MiniRuntimeWithin, TwoSpawnersBiased, (mini_two_spawners<env, orders, biased<>>),
           executions_within(2870), {.max_preemptions = 1});
MODEL_TEST_IF_DEEP(MiniRuntimeWithin, TwoSpawnersFurther,
                   (mini_two_spawners<env, orders, shipped_parts>), executions_within(172671),
                   {.max_preemptions = 2});
MODEL_TEST_IF_DEEP(MiniRuntimeWithin, TwoSpawnersBiasedFurther,
                   (mini_two_spawners<env, orders, biased<>>), executions_within(141501),
                   {.max_preemptions = 2});

}  // namespace
}  // namespace wyn::runtime_models
