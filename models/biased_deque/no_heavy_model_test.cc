// The biased deque in a process without heavy fences: always shared, and its owner's pop has the
// fence of a Chase-Lev deque and no other. Every execution of each model.
#include "core/deque/biased_orders.h"
#include "models/biased_deque/all_models.h"
#include "models/checker/gtest.h"
#include "models/env/env_no_heavy.h"

namespace wyn::biased_models {
namespace {

using namespace deque_models;  // NOLINT: the names of the models

template <template <class, class, class> class Model, class Env = env_no_heavy>
using without = Model<Env, biased_orders, shipped_deque>;

constexpr bool leaks = true;

MODEL_TEST(NoHeavyFences, BoundedFull, (without<bounded_full>),
           executions(9), {.check_leaks = leaks});
MODEL_TEST(NoHeavyFences, Growth, (without<growth>),
           executions(43), {.check_leaks = leaks});
MODEL_TEST(NoHeavyFences, GrowthThenPop, (without<growth_then_pop>),
           executions(379), {.check_leaks = leaks});
MODEL_TEST(NoHeavyFences, GrowthTwoThieves, (without<growth_two_thieves>),
           executions(209), {.check_leaks = leaks});
MODEL_TEST(NoHeavyFences, LastItem, (without<last_item>),
           executions(9), {.check_leaks = leaks});
MODEL_TEST(NoHeavyFences, MultiWord, (without<multi_word>),
           executions(6), {.check_leaks = leaks});
MODEL_TEST(NoHeavyFences, NeverEmpty, (without<never_empty>),
           executions(7), {.check_leaks = leaks});
MODEL_TEST(NoHeavyFences, Oldest, (without<oldest>),
           executions(66), {.check_leaks = leaks});
MODEL_TEST(NoHeavyFences, OldestThenPush, (without<oldest_then_push>),
           executions(62), {.check_leaks = leaks});
MODEL_TEST(NoHeavyFences, Publication, (without<publication>),
           executions(2), {.check_leaks = leaks});
MODEL_TEST(NoHeavyFences, PublicationAfterPop, (without<publication_after_pop>),
           executions(10), {.check_leaks = leaks});
MODEL_TEST(NoHeavyFences, TwoItems, (without<two_items>),
           executions(101), {.check_leaks = leaks});
MODEL_TEST(NoHeavyFences, TwoThieves, (without<two_thieves>),
           executions(408), {.check_leaks = leaks});
MODEL_TEST(NoHeavyFences, WrapAround, (without<wrap_around>),
           executions(10), {.check_leaks = leaks});

MODEL_TEST_FAILS(FalseHeavyFences, TwoItems, (without<two_items, env_false_heavy>),
                 failure::assertion);
MODEL_TEST_FAILS(FalseHeavyFences, TwoThieves, (without<two_thieves, env_false_heavy>),
                 failure::assertion);

}  // namespace
}  // namespace wyn::biased_models
