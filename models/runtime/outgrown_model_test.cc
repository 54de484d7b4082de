// Outgrown buffers freed while others visit the queue, under the explorer: golden counts, and each
// step left out.
#include "models/checker/gtest.h"
#include "models/env/env_checker.h"
#include "models/runtime/broken_visit.h"
#include "models/runtime/model_orders.h"
#include "models/runtime/outgrown_deque.h"
#include "models/runtime/outgrown_newcomer.h"
#include "models/runtime/outgrown_ring.h"

namespace wyn::runtime_models {
namespace {

using env = env_checker;
using orders = model_orders;
const model::options no_leaks = {.check_leaks = true};

MODEL_TEST(OutgrownModel, Deque, (outgrown_deque<env, orders>), executions(188), no_leaks);
MODEL_TEST(OutgrownModel, BiasedDeque, (outgrown_biased_deque<env, orders>), executions(628),
           no_leaks);
MODEL_TEST(OutgrownModel, Ring, (outgrown_ring<env, orders>), executions(188), no_leaks);
MODEL_TEST(OutgrownModel, Newcomer, (outgrown_newcomer<env, orders>), executions(10), no_leaks);

MODEL_TEST_FAILS(BrokenVisit, VisitsUnseen, (outgrown_deque<env, orders, visits_unseen>),
                 failure::use_after_free);
MODEL_TEST_FAILS(BrokenVisit, VisitsABiasedDequeUnseen,
                 (outgrown_biased_deque<env, orders, visits_unseen>), failure::use_after_free);
MODEL_TEST_FAILS(BrokenVisit, LeavesTooSoon, (outgrown_deque<env, orders, leaves_too_soon>),
                 failure::use_after_free);
MODEL_TEST_FAILS(BrokenVisit, FreesAtOnce, (outgrown_ring<env, orders, frees_at_once>),
                 failure::use_after_free);
MODEL_TEST_FAILS(BrokenVisit, LooksBeforeItGrows,
                 (outgrown_deque<env, orders, looks_before_it_grows>), failure::use_after_free);
MODEL_TEST_FAILS(BrokenVisit, LooksAfterAnOrdinaryFence, (outgrown_deque<env, orders>),
                 failure::use_after_free, {.overrides = {{"RT29", order::seq_cst}}});

}  // namespace
}  // namespace wyn::runtime_models
