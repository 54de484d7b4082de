// The runtime in small with two workers and main that takes the explorer longest, over the biased
// deque. There are as many executions as over the other one (mini_long_model_test.cc).
#include "models/checker/gtest.h"
#include "models/env/env_checker.h"
#include "models/runtime/mini_thread_end.h"
#include "models/runtime/model_orders.h"

namespace wyn::runtime_models {
namespace {

MODEL_TEST(MiniRuntimeLongBiased, OneThreadEnds,
           (mini_thread_end<env_checker, model_orders, biased<hurried<>>>), executions(1629589));

}  // namespace
}  // namespace wyn::runtime_models
