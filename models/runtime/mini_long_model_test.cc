// The runtimes in small with two workers and main that take the explorer longest: every execution,
// without a bound on preemptions. mini_whole_test.cc has the others, and the seeded faults.
#include "models/checker/gtest_deep.h"
#include "models/env/env_checker.h"
#include "models/runtime/mini_thread_end.h"
#include "models/runtime/model_orders.h"

namespace wyn::runtime_models {
namespace {

using env = env_checker;
using orders = model_orders;

MODEL_TEST(MiniRuntimeLong, OneThreadEnds, (mini_thread_end<env, orders>), executions(1629589));
MODEL_TEST_IF_DEEP(MiniRuntimeLong, OneThreadEndsAndAsksToSearch,
                   (mini_thread_end<env, orders, shipped_parts>),
                   executions(15105890).no_machine_run(34466));

}  // namespace
}  // namespace wyn::runtime_models
