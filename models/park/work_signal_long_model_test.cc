// The models of the work signal that take the explorer a minute.
#include "models/checker/gtest_deep.h"
#include "models/env/env_checker.h"
#include "models/park/broken_signals.h"
#include "models/park/entered_together.h"
#include "models/park/nap_in_the_way.h"
#include "models/park/turned_back.h"
#include "models/park/request.h"
#include "models/park/two_producers.h"

namespace wyn::park_models {
namespace {

MODEL_TEST(WorkSignalLongModel, TurnedBack,
           (turned_back<env_checker, work_signal_asymmetric_orders>), executions(1125770));

MODEL_TEST(WorkSignalLongModel, NapInTheWay,
           (nap_in_the_way<env_checker, work_signal_asymmetric_orders>), executions(2439597));
MODEL_TEST_FAILS(WorkSignalLongModel, ANapperHandsNothingOver,
                 (nap_in_the_way<env_checker, work_signal_asymmetric_orders,
                                 broken<fault::no_handover>::signal>),
                 failure::lost_wakeup);

using asymmetric = work_signal_asymmetric_orders;

// The last case of (d) in the proof of work_signal.h.
template <class Env, class Orders>
using request_beside_a_searcher = request<Env, Orders, work_signal, false, true>;
MODEL_TEST(WorkSignalLongModel, RequestBesideASearcher,
           (request_beside_a_searcher<env_checker, asymmetric>), executions(2809360));
MODEL_TEST_FAILS(WorkSignalLongModel, ARequestBesideASearcherIsTakenWithoutAHeavyFence,
                 (request_beside_a_searcher<env_checker, asymmetric>), failure::deadlock,
                 {.overrides = {{"EC2", order::seq_cst}}});
MODEL_TEST_FAILS(WorkSignalLongModel, TheOtherSearcherDoesNotSeeWhatWasSeen,
                 (request_beside_a_searcher<env_checker, asymmetric>), failure::deadlock,
                 {.overrides = {{"SG10", order::release}}});

MODEL_TEST(WorkSignalLongModel, EnteredTogether, (entered_together<env_checker, asymmetric>),
           executions(2808045));
MODEL_TEST_FAILS(WorkSignalLongModel, EnteredTogetherAndNobodyIsAsked,
                 (entered_together<env_checker, asymmetric, broken<fault::unasked>::signal>),
                 failure::lost_wakeup);

// Of this one there are too many: every execution with two preemptions or fewer, each once.
MODEL_TEST(WorkSignalLongModel, TwoProducers, (two_producers<env_checker, asymmetric>),
           executions_within(176748), {.max_preemptions = 2});
MODEL_TEST_IF_DEEP(WorkSignalLongModel, TwoProducersFurther,
                   (two_producers<env_checker, asymmetric>), executions_within(1265466),
                   {.max_preemptions = 3});
MODEL_TEST_FAILS(WorkSignalLongModel, TwoProducersWithoutASecondLook,
                 (two_producers<env_checker, asymmetric, broken<fault::no_second_look>::signal>),
                 failure::lost_wakeup, {.max_preemptions = 2});
MODEL_TEST_FAILS(WorkSignalLongModel, TwoProducersWithoutTheLightFence,
                 (two_producers<env_checker, asymmetric>), failure::lost_wakeup,
                 {.max_preemptions = 2, .overrides = {{"EC5", order::none}}});

}  // namespace
}  // namespace wyn::park_models
