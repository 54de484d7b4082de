// The task pool is linearizable, as its header says, in every order that happens-before leaves
// open: a slot is in one hand, and "none" is answered only when none of the heap is free. With a
// mistake of the program, or an order too weak, it is not.
#include "models/checker/gtest.h"
#include "models/task_pool/broken_pools.h"
#include "models/task_pool/recorded_pool.h"

namespace wyn::task_pool_models {
namespace {

using orders = task_heap_default_orders;

MODEL_TEST(PoolHistory, TwoReturns, (two_returns<orders>), executions(86));
MODEL_TEST(PoolHistory, ReturnsAndReuse, (returns_and_reuse<orders>), executions(68));
MODEL_TEST(PoolHistory, ToldOfReturn, (told_of_return<orders>), executions(44));
MODEL_TEST(PoolHistory, OwnersInExchange, (owners_in_exchange<orders>), executions(11));

MODEL_TEST_FAILS(PoolHistoryOrders, ReturnsRelaxed, (two_returns<orders>), failure::data_race,
                 {.overrides = {{"TP2", order::relaxed}}});
MODEL_TEST_FAILS(PoolHistoryOrders, CollectsRelaxed, (two_returns<orders>), failure::data_race,
                 {.overrides = {{"TP3", order::relaxed}}});

// Mistakes of the program, each by the client that shows it.
template <mistake Mistake>
using by_returns = two_returns<orders, pool_with<Mistake>>;
template <mistake Mistake>
using by_telling = told_of_return<orders, pool_with<Mistake>>;
template <mistake Mistake>
using by_exchange = owners_in_exchange<orders, pool_with<Mistake>>;

MODEL_TEST_FAILS(PoolHistoryMistakes, SlotsInTurn, (by_returns<mistake::ring>),
                 failure::not_linearizable);
MODEL_TEST_FAILS(PoolHistoryMistakes, LinkAfterPublish, (by_returns<mistake::link_after_publish>),
                 failure::not_linearizable);
MODEL_TEST_FAILS(PoolHistoryMistakes, TakeOneOfList, (by_returns<mistake::take_one_of_list>),
                 failure::not_linearizable);
MODEL_TEST_FAILS(PoolHistoryMistakes, GivesUpAfterOneTry, (by_telling<mistake::one_try>),
                 failure::not_linearizable);
MODEL_TEST_FAILS(PoolHistoryMistakes, SharedPop, (by_exchange<mistake::shared_pop>),
                 failure::not_linearizable);

}  // namespace
}  // namespace wyn::task_pool_models
