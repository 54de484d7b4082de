// Every execution of the models of the task pool, and what they must see through.
#include "models/checker/gtest.h"
#include "models/task_pool/all_models.h"
#include "models/task_pool/broken_pools.h"

namespace wyn::task_pool_models {
namespace {

using orders = task_heap_default_orders;

MODEL_TEST(TaskPoolModel, RemoteReturn, (remote_return<env_checker, orders>), executions(86));
MODEL_TEST(TaskPoolModel, ReturnInTurn, (return_in_turn<env_checker, orders>), executions(34));
MODEL_TEST(TaskPoolModel, ReturnAndReuse, (return_and_reuse<env_checker, orders>), executions(28));
// By hand: of the return's load and compare-exchange and the owner's one exchange on the same word,
// 1 execution has the compare-exchange first and 2 have it second (the load sees either null): 3.
MODEL_TEST(TaskPoolModel, TwoAllocators, (two_allocators<env_checker, orders>), executions(3));
MODEL_TEST(TaskPoolModel, BothWays, (both_ways<env_checker, orders>), executions(11));
MODEL_TEST(TaskPoolModel, ThreeReturns, (three_returns<env_checker, orders>), executions(3012));
MODEL_TEST(TaskPoolModel, GuardedReturn, (remote_return<env_checker, orders, guarded_pool>),
           executions(218));
MODEL_TEST(TaskPoolModel, GuardedBothWays, (both_ways<env_checker, orders, guarded_pool>),
           executions(11));
// By hand: as above with two exchanges, 1 + 2 + 3.
MODEL_TEST(TaskPoolModel, TrimAfterReturn, (trim_after_return<env_checker, orders>), executions(6));
MODEL_TEST(TaskPoolModel, DestroyAfterReturn, (destroy_after_return<env_checker, orders>),
           executions(24));
MODEL_TEST(TaskPoolModel, GuardedDestroyAfterReturn,
           (destroy_after_return<env_checker, orders, true>), executions(48));
MODEL_TEST(TaskPoolModel, SharedCap, (shared_cap<env_checker, orders>), executions(19));

// The size of the slots makes no difference.
MODEL_TEST(TaskPoolModel, RemoteReturnOfLargerSlots,
           (remote_return<env_checker, orders, pool_of_larger_slots>), executions(86));
MODEL_TEST(TaskPoolModel, ReturnAndReuseOfLargerSlots,
           (return_and_reuse<env_checker, orders, pool_of_larger_slots>), executions(28));
MODEL_TEST(TaskPoolModel, BothWaysWithLargerSlots,
           (both_ways<env_checker, orders, pool_of_larger_slots>), executions(11));
MODEL_TEST(TaskPoolModel, TrimAfterReturnOfLargerSlots,
           (trim_after_return<env_checker, orders, pool_of_larger_slots>), executions(6));

// Each mistake is seen by the model that is meant for it.

MODEL_TEST_FAILS(BrokenPool, SharedPop,
                 (two_allocators<env_checker, orders, pool_with<mistake::shared_pop>>),
                 failure::assertion);
MODEL_TEST_FAILS(BrokenPool, Ring, (remote_return<env_checker, orders, pool_with<mistake::ring>>),
                 failure::assertion);
MODEL_TEST_FAILS(BrokenPool, LinkAfterPublish,
                 (remote_return<env_checker, orders, pool_with<mistake::link_after_publish>>),
                 failure::assertion);
MODEL_TEST_FAILS(BrokenPool, TakeOneOfList,
                 (return_in_turn<env_checker, orders, pool_with<mistake::take_one_of_list>>),
                 failure::assertion);

}  // namespace
}  // namespace wyn::task_pool_models
