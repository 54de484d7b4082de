// The work signal under the explorer: golden counts, each row of its table weakened, and each step
// of the protocol left out.
#include "models/checker/gtest.h"
#include "models/env/env_checker.h"
#include "models/park/broken_signals.h"
#include "models/park/handed_on.h"
#include "models/park/late_sleeper.h"
#include "models/park/nap_token.h"
#include "models/park/over_the_limit.h"
#include "models/park/request.h"
#include "models/park/search_first.h"
#include "models/park/search_handover.h"
#include "models/park/token.h"
#include "models/park/turned_back.h"
#include "models/park/two_workers.h"
#include "models/park/unused_wake.h"
#include "models/park/woken_besides.h"

namespace wyn::park_models {
namespace {

using env = env_checker;
using asymmetric = work_signal_asymmetric_orders;
using symmetric = work_signal_symmetric_orders;

MODEL_TEST(WorkSignalModel, Token, (token<env, asymmetric>), executions(28));
MODEL_TEST(WorkSignalModel, TokenSymmetric, (token<env, symmetric>), executions(28));
MODEL_TEST(WorkSignalModel, NapToken, (nap_token<env, asymmetric>), executions(1316));
MODEL_TEST(WorkSignalModel, NapTokenSymmetric, (nap_token<env, symmetric>), executions(721));
MODEL_TEST(WorkSignalModel, SearchFirst, (search_first<env, asymmetric>), executions(149));
MODEL_TEST(WorkSignalModel, SearchFirstSymmetric, (search_first<env, symmetric>), executions(149));
MODEL_TEST(WorkSignalModel, OverTheLimit, (over_the_limit<env, asymmetric>), executions(4));
MODEL_TEST_FAILS(WorkSignalModel, TheLimitIsNotKept, (over_the_limit<env, asymmetric, true>),
                 failure::assertion);
MODEL_TEST(WorkSignalModel, SearchHandover, (search_handover<env, asymmetric>), executions(44843));
MODEL_TEST(WorkSignalModel, SearchHandoverSymmetric, (search_handover<env, symmetric>),
           executions(44842));
MODEL_TEST(WorkSignalModel, LateSleeper, (late_sleeper<env, asymmetric>), executions(10988));
MODEL_TEST(WorkSignalModel, Request, (request<env, asymmetric>), executions(5710));
MODEL_TEST(WorkSignalModel, RequestOfANapper, (request<env, asymmetric, work_signal, true>),
           executions(5782));
MODEL_TEST(WorkSignalModel, HandedOn, (handed_on<env, asymmetric>), executions(2));
MODEL_TEST(WorkSignalModel, WokenBesides, (woken_besides<env, asymmetric>), executions(1028018));
MODEL_TEST(WorkSignalModel, UnusedWake, (unused_wake<env, asymmetric>), executions(103523));
MODEL_TEST(WorkSignalModel, UnusedWakeSymmetric, (unused_wake<env, symmetric>), executions(103523));
MODEL_TEST(WorkSignalModel, TwoWorkers, (two_workers<env, asymmetric>), executions(6537340));

// Rows.
MODEL_TEST_FAILS(WorkSignalMutant, SettleRelaxedInHandover, (late_sleeper<env, asymmetric>),
                 failure::lost_wakeup, {.overrides = {{"EC8", order::relaxed}}});
MODEL_TEST_FAILS(WorkSignalMutant, SettleRelaxedAfterUnusedWake, (turned_back<env, asymmetric>),
                 failure::lost_wakeup, {.overrides = {{"EC8", order::relaxed}}});
MODEL_TEST_FAILS(WorkSignalMutant, SearchersDoNotSeeWhatTheOthersHad, (handed_on<env, asymmetric>),
                 failure::lost_wakeup, {.overrides = {{"SG10", order::release}}});
MODEL_TEST_FAILS(WorkSignalMutant, SearchersDoNotShowWhatTheyHave, (handed_on<env, asymmetric>),
                 failure::lost_wakeup, {.overrides = {{"SG10", order::acquire}}});
MODEL_TEST_FAILS(WorkSignalMutant, SleeperWithOrdinaryFence, (token<env, asymmetric>),
                 failure::lost_wakeup, {.overrides = {{"EC2", order::seq_cst}}});
MODEL_TEST_FAILS(WorkSignalMutant, ARequestIsTakenWithoutAHeavyFence, (request<env, asymmetric>),
                 failure::lost_wakeup, {.overrides = {{"EC2", order::seq_cst}}});
MODEL_TEST_FAILS(WorkSignalMutant, ProducerWithoutFence, (token<env, asymmetric>),
                 failure::lost_wakeup, {.overrides = {{"EC5", order::none}}});

MODEL_TEST_FAILS(WorkSignalMutant, SleeperAfterANapWithOrdinaryFence, (nap_token<env, asymmetric>),
                 failure::lost_wakeup, {.overrides = {{"EC2", order::seq_cst}}});

// The items bring their payload, plain data, by their own accesses: weaker ones race.
MODEL_TEST_FAILS(WorkSignalItems, APutWithoutReleaseRaces, (two_workers<env, asymmetric>),
                 failure::data_race, {.overrides = {{"W5", order::relaxed}}});
MODEL_TEST_FAILS(WorkSignalItems, ATakeWithoutAcquireRaces, (two_workers<env, asymmetric>),
                 failure::data_race, {.overrides = {{"W8", order::relaxed}}});

// Who leaves misses the token that was put down for it, and brings a unit of its own.
MODEL_TEST_FAILS(WorkSignalMutant, WhoIsWokenMissesItsToken, (token<env, asymmetric>),
                 failure::assertion, {.overrides = {{"EC3", order::release}}});
MODEL_TEST_FAILS(WorkSignalMutant, WhoTurnsBackMissesItsToken, (token<env, asymmetric>),
                 failure::assertion, {.overrides = {{"EC4", order::release}}});
MODEL_TEST_FAILS(WorkSignalMutant, TheNotifierDoesNotShowTheToken, (token<env, asymmetric>),
                 failure::assertion, {.overrides = {{"EC7", order::relaxed}}});
MODEL_TEST_FAILS(WorkSignalMutant, WhoHasNappedMissesItsToken, (nap_token<env, asymmetric>),
                 failure::assertion, {.overrides = {{"EC10", order::release}}});

// Rows that are kept against load buffering: RC11 accepts them weaker, and these counts show it.
MODEL_TEST(WorkSignalLoadBuffering, AnnouncementRelaxed, (token<env, asymmetric>), executions(28),
           {.overrides = {{"EC1", order::relaxed}}});
MODEL_TEST(WorkSignalLoadBuffering, CommitAcquires, (token<env, asymmetric>), executions(28),
           {.overrides = {{"EC3", order::acquire}}});
MODEL_TEST(WorkSignalLoadBuffering, CancelAcquires, (token<env, asymmetric>), executions(28),
           {.overrides = {{"EC4", order::acquire}}});
MODEL_TEST(WorkSignalLoadBuffering, NapRelaxed, (nap_token<env, asymmetric>), executions(1316),
           {.overrides = {{"EC9", order::relaxed}}});
MODEL_TEST(WorkSignalLoadBuffering, EndOfNapAcquires, (nap_token<env, asymmetric>),
           executions(1316), {.overrides = {{"EC10", order::acquire}}});

// Steps. The first line shows that the class of the broken signals is right but for its fault.
template <fault Fault, template <class, class, template <class, class> class> class Model>
using with = Model<env, asymmetric, broken<Fault>::template signal>;

MODEL_TEST(BrokenSignal, WithoutAFaultIsTheShippedOne, (with<fault::none, search_handover>),
           executions(44843));
MODEL_TEST_FAILS(BrokenSignal, LooksForSleepersByALoad,
                 (with<fault::load_to_settle, search_handover>), failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenSignal, HandsNothingOver, (with<fault::no_handover, search_handover>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenSignal, WakesNoSecondWorker, (with<fault::no_handover, two_workers>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenSignal, WakesOneBesidesAndNobodyElse,
                 (with<fault::no_handover, woken_besides>), failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenSignal, LooksNoMore, (with<fault::looks_no_more, two_workers>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenSignal, ReliesOnSearchersUnasked, (with<fault::unasked, search_handover>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenSignal, LeavesWorkUnasked, (with<fault::leaves_unasked, search_handover>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenSignal, ForgetsARequestInANap,
                 (request<env, asymmetric, broken<fault::nap_is_enough>::signal, true>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenSignal, TakesNoSecondLook, (with<fault::no_second_look, unused_wake>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenSignal, TakesNoSecondLookAtOneWhoTurnedBack,
                 (with<fault::no_second_look, turned_back>), failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenSignal, TakesASecondLookByALoad, (with<fault::load_to_settle, unused_wake>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenSignal, LooksForSearchersBeforeItIsAnnounced,
                 (with<fault::gate_seen_early, search_handover>), failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenSignal, KeepsAnUnusedToken, (with<fault::token_kept, unused_wake>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenSignal, LeavesTheTokenWhenItTurnsBack, (with<fault::no_token_taken, token>),
                 failure::assertion);
MODEL_TEST(BrokenSignal, WithoutAFaultNapsAsTheShippedOne, (with<fault::none, nap_token>),
           executions(1316));
MODEL_TEST_FAILS(BrokenSignal, NapsForGood, (with<fault::nap_for_good, nap_token>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenSignal, LeavesTheTokenAfterANap, (with<fault::nap_takes_none, nap_token>),
                 failure::assertion);

}  // namespace
}  // namespace wyn::park_models
