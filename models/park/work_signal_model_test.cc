// The work signal under the explorer: golden counts, each row of its table weakened, and each step
// of the protocol left out.
#include "models/checker/gtest.h"
#include "models/env/env_checker.h"
#include "models/park/broken_signals.h"
#include "models/park/nap_token.h"
#include "models/park/search_first.h"
#include "models/park/search_handover.h"
#include "models/park/token.h"
#include "models/park/two_workers.h"
#include "models/park/turned_back.h"
#include "models/park/unused_wake.h"

namespace wyn::park_models {
namespace {

using env = env_checker;
using asymmetric = work_signal_asymmetric_orders;
using symmetric = work_signal_symmetric_orders;

MODEL_TEST(WorkSignalModel, Token, (token<env, asymmetric>), executions(42));
MODEL_TEST(WorkSignalModel, TokenSymmetric, (token<env, symmetric>), executions(42));
MODEL_TEST(WorkSignalModel, NapToken, (nap_token<env, asymmetric>), executions(913));
MODEL_TEST(WorkSignalModel, NapTokenSymmetric, (nap_token<env, symmetric>), executions(913));
MODEL_TEST(WorkSignalModel, SearchFirst, (search_first<env, asymmetric>), executions(111));
MODEL_TEST(WorkSignalModel, SearchFirstSymmetric, (search_first<env, symmetric>), executions(111));
MODEL_TEST(WorkSignalModel, SearchHandover, (search_handover<env, asymmetric>), executions(10615));
MODEL_TEST(WorkSignalModel, SearchHandoverSymmetric, (search_handover<env, symmetric>),
           executions(10615));
MODEL_TEST(WorkSignalModel, UnusedWake, (unused_wake<env, asymmetric>), executions(26350));
MODEL_TEST(WorkSignalModel, UnusedWakeSymmetric, (unused_wake<env, symmetric>),
           executions(26350));
MODEL_TEST(WorkSignalModel, TwoWorkers, (two_workers<env, asymmetric>), executions(2042466));

// Rows.
MODEL_TEST_FAILS(WorkSignalMutant, SettleRelaxedInHandover, (search_handover<env, asymmetric>),
                 failure::lost_wakeup, {.overrides = {{"EC8", order::relaxed}}});
MODEL_TEST_FAILS(WorkSignalMutant, SettleRelaxedAfterUnusedWake, (unused_wake<env, asymmetric>),
                 failure::lost_wakeup, {.overrides = {{"EC8", order::relaxed}}});
MODEL_TEST_FAILS(WorkSignalMutant, SleeperWithOrdinaryFence, (token<env, asymmetric>),
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

// Rows that are kept against load buffering: RC11 accepts them weaker, and these counts show it.
MODEL_TEST(WorkSignalLoadBuffering, AnnouncementRelaxed, (token<env, asymmetric>), executions(42),
           {.overrides = {{"EC1", order::relaxed}}});
MODEL_TEST(WorkSignalLoadBuffering, SearchEndsRelaxed, (token<env, asymmetric>), executions(42),
           {.overrides = {{"SG10", order::relaxed}}});
MODEL_TEST(WorkSignalLoadBuffering, CommitRelaxed, (token<env, asymmetric>), executions(46),
           {.overrides = {{"EC3", order::relaxed}}});
MODEL_TEST(WorkSignalLoadBuffering, CancelRelaxed, (token<env, asymmetric>), executions(43),
           {.overrides = {{"EC4", order::relaxed}}});
MODEL_TEST(WorkSignalLoadBuffering, EpochRelaxed, (token<env, asymmetric>), executions(47),
           {.overrides = {{"EC7", order::relaxed}}});
MODEL_TEST(WorkSignalLoadBuffering, NapRelaxed, (nap_token<env, asymmetric>), executions(913),
           {.overrides = {{"EC9", order::relaxed}}});
MODEL_TEST(WorkSignalLoadBuffering, EndOfNapRelaxed, (nap_token<env, asymmetric>), executions(922),
           {.overrides = {{"EC10", order::relaxed}}});

// Steps. The first line shows that the class of the broken signals is right but for its fault.
template <fault Fault, template <class, class, template <class, class> class> class Model>
using with = Model<env, asymmetric, broken<Fault>::template signal>;

MODEL_TEST(BrokenSignal, WithoutAFaultIsTheShippedOne, (with<fault::none, search_handover>),
           executions(10615));
MODEL_TEST_FAILS(BrokenSignal, LooksForSleepersByALoad,
                 (with<fault::load_to_settle, search_handover>), failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenSignal, HandsNothingOver, (with<fault::no_handover, search_handover>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenSignal, WakesNoSecondWorker, (with<fault::no_handover, two_workers>),
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
           executions(913));
MODEL_TEST_FAILS(BrokenSignal, NapsForGood, (with<fault::nap_for_good, nap_token>),
                 failure::lost_wakeup);
MODEL_TEST_FAILS(BrokenSignal, LeavesTheTokenAfterANap, (with<fault::nap_takes_none, nap_token>),
                 failure::assertion);

}  // namespace
}  // namespace wyn::park_models
